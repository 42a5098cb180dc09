"use client";

import type { ReactNode } from "react";
import type { Inline } from "./markdown";
import { ChannelName, PersonName } from "./names";

export interface InlineContext {
  mentions: readonly string[];
  mentionsChannel: boolean;
}

interface InlinesProps extends InlineContext {
  pieces: readonly Inline[];
}

export function Inlines({ pieces, ...context }: InlinesProps): ReactNode {
  return pieces.map((piece, index) => <OneInline key={index} piece={piece} {...context} />);
}

function OneInline({ piece, ...context }: InlineContext & { piece: Inline }): ReactNode {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "break":
      return <br />;
    case "code":
      return (
        <code className="rounded-[4px] border border-n5 bg-n3 px-1 py-px font-mono text-[13px] whitespace-pre-wrap">
          {piece.text}
        </code>
      );
    case "strong":
      return (
        <strong className="font-semibold">
          <Inlines pieces={piece.children} {...context} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Inlines pieces={piece.children} {...context} />
        </em>
      );
    case "struck":
      return (
        <s>
          <Inlines pieces={piece.children} {...context} />
        </s>
      );
    case "link":
      return (
        <a
          href={piece.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="text-accent-text underline decoration-accent-text/35 underline-offset-2 hover:decoration-current"
        >
          <Inlines pieces={piece.children} {...context} />
        </a>
      );
    case "mention":
      return <PersonName name={piece.name} text={piece.text} {...context} />;
    case "channel":
      return <ChannelName name={piece.name} />;
  }
}

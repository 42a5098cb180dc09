"use client";

import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

interface CodeBlockProps {
  text: string;
  language: string | null;
}

/** Shown at once in one colour; the highlighter and the language come when the first block that needs them is on screen. */
export function CodeBlock({ text, language }: CodeBlockProps) {
  const coloured = useHighlighting(text, language);
  return (
    <div className="group/code relative my-1 w-full max-w-[960px] overflow-hidden rounded-sm border border-n5 bg-n2">
      <div className="absolute top-1 right-1 flex items-center gap-1 opacity-0 transition-opacity group-hover/code:opacity-100 focus-within:opacity-100 [@media(hover:none)]:opacity-100">
        {language && <span className="rounded-sm bg-n2 px-1.5 text-xs text-n10">{language}</span>}
        <CopyButton text={text} />
      </div>
      <pre tabIndex={0} dir="ltr" className="overflow-x-auto px-3 py-2 font-mono text-[13px] leading-5">
        <code>{coloured ?? text}</code>
      </pre>
    </div>
  );
}

function useHighlighting(text: string, language: string | null): ReactNode | null {
  const [coloured, setColoured] = useState<{ text: string; nodes: ReactNode } | null>(null);
  useEffect(() => {
    if (!language) return;
    let isCurrent = true;
    void import("./highlight")
      .then(({ highlight }) => highlight(text, language))
      .then(
        (nodes) => isCurrent && nodes && setColoured({ text, nodes }),
        // Without colours it reads as well.
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [text, language]);
  return coloured?.text === text ? coloured.nodes : null;
}

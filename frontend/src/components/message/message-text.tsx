"use client";

import { memo, useMemo, useState } from "react";
import { classes } from "@/components/ui/classes";
import { useText } from "@/lib/text/text-context";
import { Blocks } from "./blocks";
import { blocksOf } from "./markdown";

interface MessageTextProps {
  content: string;
  /** Of people, whom it calls: their names in it are links. */
  mentions: readonly string[];
  /** `@channel` and its like call somebody. */
  mentionsChannel: boolean;
}

const foldAfter = { lines: 24, characters: 2_400 };

/** A message as it was meant: Markdown in, elements out, nothing of it ever HTML. */
export const MessageText = memo(function MessageText({ content, mentions, mentionsChannel }: MessageTextProps) {
  const t = useText();
  const blocks = useMemo(() => blocksOf(content), [content]);
  const isLong = content.length > foldAfter.characters || content.split("\n").length > foldAfter.lines;
  const [isFolded, setFolded] = useState(isLong);
  return (
    <>
      <div
        dir="auto"
        className={classes(
          "message-text",
          isOnlyEmoji(content) && "text-[28px] leading-9",
          isLong && isFolded && "max-h-[528px] overflow-hidden [mask-image:linear-gradient(#000_85%,transparent)]",
        )}
      >
        <Blocks blocks={blocks} mentions={mentions} mentionsChannel={mentionsChannel} />
      </div>
      {isLong && (
        <button
          type="button"
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
          className="mt-0.5 rounded-sm text-frame font-medium text-accent-text hover:underline"
        >
          {isFolded ? t("message.showAll") : t("message.showLess")}
        </button>
      )}
    </>
  );
});

/** Up to six emoji and nothing else are shown larger. */
// The constructor, because the compiler knows the `v` flag only for later targets than Node 20.
const onlyEmoji = new RegExp("^(?:\\p{RGI_Emoji}\\s*){1,6}$", "v");

const isOnlyEmoji = (content: string): boolean => content.length < 80 && onlyEmoji.test(content.trim());

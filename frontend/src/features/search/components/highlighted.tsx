import type { SearchHighlight } from "@connectbest/contract";
import type { ReactNode } from "react";
import { plainText } from "@/components/message/plain-text";

interface HighlightedProps {
  content: string;
  highlights: readonly SearchHighlight[];
}

/** So many characters are shown before the first that was found. */
const lead = 120;
const shown = 600;

/** A message in plain words, with what was found of it marked; a long one from shortly before that. */
export function Highlighted({ content, highlights }: HighlightedProps) {
  const first = highlights[0]?.start ?? 0;
  const from = first > lead ? first - lead : 0;
  const to = Math.min(content.length, from + shown);
  const parts: ReactNode[] = [from > 0 && "…"];
  let at = from;
  for (const { start, end } of highlights) {
    if (start < at || end > to) continue;
    parts.push(plainText(content.slice(at, start)), <mark key={start}>{content.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(plainText(content.slice(at, to)), to < content.length && "…");
  return (
    <p
      dir="auto"
      className="max-w-[72ch] text-message [overflow-wrap:anywhere] whitespace-pre-wrap [&_mark]:rounded-[3px] [&_mark]:bg-warning-tint [&_mark]:font-medium [&_mark]:text-warning"
    >
      {parts}
    </p>
  );
}

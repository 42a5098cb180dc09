export interface TextPart {
  readonly text: string;
  /** An address of the web, http or https only. */
  readonly href: string | null;
}

const address = /https?:\/\/[^\s<>"'`]+/gi;

/** Cuts a text at the web addresses in it. What follows an address as punctuation is not part of it. */
export function partsOf(content: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of content.matchAll(address)) {
    const text = withoutTail(match[0]);
    if (!isWebAddress(text)) continue;
    if (match.index > from) parts.push({ text: content.slice(from, match.index), href: null });
    parts.push({ text, href: text });
    from = match.index + text.length;
  }
  if (from < content.length) parts.push({ text: content.slice(from), href: null });
  return parts;
}

function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0) {
    const last = text[end - 1] as string;
    const isUnpaired = last === ")" && !text.slice(0, end).includes("(");
    if (!isUnpaired && !".,;:!?…*_~]}".includes(last)) break;
    end--;
  }
  return text.slice(0, end);
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (protocol === "http:" || protocol === "https:") && hostname.length > 0;
}

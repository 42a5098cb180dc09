/** So many links of one message are looked at. */
const mostLinks = 3;

/** What ends a sentence is not part of an address. By hand: as a pattern it takes the square of their number. */
function withoutEnd(url: string): string {
  let end = url.length;
  while (end > 0 && ".,;:!?*_~".includes(url.charAt(end - 1))) end--;
  return url.slice(0, end);
}

/** The web addresses in a text, each once, but for those in code. */
export function linksIn(content: string): string[] {
  if (!content.includes("://")) return [];
  const text = content.replace(/```[\s\S]*?(?:```|$)/g, " ").replace(/`[^`\n]*`/g, " ");
  const found = new Set<string>();
  for (const [match] of text.matchAll(/https?:\/\/[^\s<>"'`\])}]+/gi)) {
    const url = withoutEnd(match);
    if (url.length <= 2000 && URL.canParse(url)) found.add(url);
    if (found.size === mostLinks) break;
  }
  return [...found];
}

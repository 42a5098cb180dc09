/** So many links of one message are looked at. */
const mostLinks = 3;

/** The web addresses in a text, each once, but for those in code. */
export function linksIn(content: string): string[] {
  if (!content.includes("://")) return [];
  const text = content.replace(/```[\s\S]*?(?:```|$)/g, " ").replace(/`[^`\n]*`/g, " ");
  const found = new Set<string>();
  for (const [match] of text.matchAll(/https?:\/\/[^\s<>"'`\])}]+/gi)) {
    const url = match.replace(/[.,;:!?*_~]+$/, "");
    if (url.length <= 2000 && URL.canParse(url)) found.add(url);
    if (found.size === mostLinks) break;
  }
  return [...found];
}

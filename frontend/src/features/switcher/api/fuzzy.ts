/** Without case and marks: "Müller" is found by "mul". */
export const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * How well a few letters fit a name: 0 not at all, more is better. The whole name, its beginning, the beginning of a word,
 * a piece of it, and last its letters in their order (`plnch` for `plan-launch`), the closer together the better.
 * @param wanted folded
 */
export function fitOf(name: string, wanted: string): number {
  const text = folded(name);
  if (wanted === "") return 1;
  if (text === wanted) return 100;
  if (text.startsWith(wanted)) return 90;
  const at = text.indexOf(wanted);
  if (at > 0) return /[\s._-]/.test(text.charAt(at - 1)) ? 80 : 60;
  const words = wanted.split(/\s+/);
  if (words.length > 1 && words.every((word) => fitOf(name, word) >= 80)) return 70;
  return scattered(text, wanted.replace(/\s+/g, ""));
}

function scattered(text: string, wanted: string): number {
  let from = 0;
  let gaps = 0;
  for (const letter of wanted) {
    const at = text.indexOf(letter, from);
    if (at < 0) return 0;
    // A gap that ends at the beginning of a word is how people shorten names.
    if (at > from && from > 0 && !/[\s._-]/.test(text.charAt(at - 1))) gaps += at - from;
    from = at + letter.length;
  }
  return gaps > wanted.length * 3 ? 0 : Math.max(1, 50 - gaps * 2);
}

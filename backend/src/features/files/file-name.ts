/** What most file systems take, in bytes of UTF-8. */
const mostBytes = 255;
/** An ending that is longer says nothing of what a file is. */
const longestEnding = 20;

/**
 * Control characters, line breaks, marks that turn the direction of what stands beside them (`photo\u202Egnp.exe` reads as
 * `photoexe.png`), and the mark that begins a file.
 */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** Shortened by whole characters, as people count them. */
function cut(text: string, most: number): string {
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (bytesOf(kept) + bytesOf(segment) > most) break;
    kept += segment;
  }
  return kept;
}

/**
 * The name that a sender gave a file, made harmless: on one line, without a path, of a length that every disk takes, its
 * ending kept. What it means is left alone: any script, spaces, quotes.
 */
export function cleanFileName(sent: string): string {
  const last = sent.toWellFormed().split(/[/\\]/).at(-1) ?? "";
  const name = last.normalize("NFC").replace(unseen, "").trim();
  if (/^\.*$/.test(name)) return "file";
  if (bytesOf(name) <= mostBytes) return name;
  const ending = /\.[^.]+$/.exec(name)?.[0] ?? "";
  if (bytesOf(ending) > longestEnding) return cut(name, mostBytes);
  return cut(name.slice(0, name.length - ending.length), mostBytes - bytesOf(ending)).trimEnd() + ending;
}

/** The ending of a name, in lower case and without its dot; empty when there is none. */
export const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";

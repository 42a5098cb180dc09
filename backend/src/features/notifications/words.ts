/** Scripts that put no space between words: there every place may begin one. */
const unspaced =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+)/u;

/** Unbroken letters and digits of scripts that put spaces between words, each with its place. */
function* runsIn(text: string): Generator<{ at: number; run: string }> {
  for (const { 0: letters, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    let at = index;
    for (const part of letters.split(unspaced)) {
      if (part !== "" && !unspaced.test(part)) yield { at, run: part };
      at += part.length;
    }
  }
}

const isOneRun = (word: string): boolean => [...runsIn(word)][0]?.run === word;

/**
 * Asks whether a folded word stands in a folded text by itself: "art" is not in "start", but "C++" is in "C++, please". The
 * text is taken apart once, so that many words, and long texts, cost little: whoever writes chooses both.
 */
export function wordsIn(text: string): (word: string) => boolean {
  const runs = new Set<string>();
  /** 1 where a character is part of a run. */
  const parts = new Uint8Array(text.length + 1);
  for (const { at, run } of runsIn(text)) {
    runs.add(run);
    parts.fill(1, at, at + run.length);
  }
  const isInside = (at: number): boolean => at > 0 && parts[at - 1] === 1 && parts[at] === 1;
  const known = new Map<string, boolean>();
  const find = (word: string): boolean => {
    if (runs.has(word)) return true;
    let at = text.indexOf(word);
    // A plain word is one of the runs or nowhere; asked only of what does occur.
    if (at === -1 || isOneRun(word)) return false;
    while (at !== -1 && (isInside(at) || isInside(at + word.length))) at = text.indexOf(word, at + 1);
    return at !== -1;
  };
  return (word) => {
    const answer = known.get(word) ?? find(word);
    known.set(word, answer);
    return answer;
  };
}

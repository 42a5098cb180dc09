export interface Strength {
  /** 0 (too short) to 4. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  readonly words: string;
}

const words = [
  "At least 8 characters",
  "Weak: make it longer",
  "Fair: a few more words help",
  "Good",
  "Strong",
] as const;

/** A rough guide while typing, by length and variety; the server decides (and refuses the commonest passwords). */
export function strengthOf(password: string): Strength {
  if (password.length < 8) return { score: 0, words: words[0] };
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  const variety = new Set(password).size;
  const points = (password.length >= 12 ? 1 : 0) + (password.length >= 16 ? 1 : 0) + (kinds >= 3 ? 1 : 0);
  const score = (variety < 5 ? 1 : Math.min(4, 1 + points)) as 1 | 2 | 3 | 4;
  return { score, words: words[score] };
}

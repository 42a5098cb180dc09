import type { TextKey } from "@/lib/text/catalog";

export interface Strength {
  /** 0 (too short) to 4. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** Names the words for it. */
  readonly key: TextKey;
}

const keys = ["strength.short", "strength.weak", "strength.fair", "strength.good", "strength.strong"] as const;

/** A rough guide while typing, by length and variety; the server decides (and refuses the commonest passwords). */
export function strengthOf(password: string): Strength {
  if (password.length < 8) return { score: 0, key: keys[0] };
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  const variety = new Set(password).size;
  const points = (password.length >= 12 ? 1 : 0) + (password.length >= 16 ? 1 : 0) + (kinds >= 3 ? 1 : 0);
  const score = (variety < 5 ? 1 : Math.min(4, 1 + points)) as 1 | 2 | 3 | 4;
  return { score, key: keys[score] };
}

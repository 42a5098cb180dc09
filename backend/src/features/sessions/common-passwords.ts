import { dictionary } from "@zxcvbn-ts/language-common";

/**
 * The passwords that leaks show most often, in lower case: the first tens of thousands of what attackers try.
 * Only those long enough to be chosen here are kept.
 */
const common = new Set((dictionary["passwords-common"] as string[]).filter((password) => password.length >= 8));

/** Repeats and runs are as common, but the list leaves them out: they have no end. Long ones are not what attackers try. */
const longestPattern = 16;

/** A block of up to four characters over and over: 88888888, 12341234, 121212121. */
const isRepetition = (characters: string[]): boolean =>
  [1, 2, 3, 4].some((block) => characters.every((character, i) => character === characters[i % block]));

/** Up or down without a gap: 87654321, abcdefgh. */
function isRun(characters: string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0);
  return [1, -1].some((step) => codes.every((code, i) => i === 0 || code - (codes[i - 1] ?? 0) === step));
}

export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  if (common.has(lower)) return true;
  const characters = [...lower];
  return characters.length <= longestPattern && (isRepetition(characters) || isRun(characters));
}

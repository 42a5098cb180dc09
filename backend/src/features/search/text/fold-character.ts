/**
 * What is written and not meant: marks over letters, points and vowels that readers add themselves. Ranges of code points, hexadecimal.
 */
const unsaidMarks = [
  // Accents of all scripts; variation selectors, which say how an emoji is drawn.
  "300-36f 1ab0-1aff 1dc0-1dff 20d0-20ff fe20-fe2f fe00-fe0f e0100-e01ef",
  // Cyrillic marks; Hebrew points and accents.
  "483-489 591-5bd 5bf-5bf 5c1-5c2 5c4-5c5 5c7-5c7",
  // Arabic marks, and the stroke that only lengthens a word.
  "610-61a 64b-65f 670-670 6d6-6dc 6df-6e4 6e7-6e8 6ea-6ed 8d3-8ff 640-640",
  // The dot below of Devanagari, which is as often left out.
  "93c-93c",
].flatMap((ranges) => ranges.split(" ").map((range) => range.split("-").map((code) => parseInt(code, 16))));

/** Such marks; controls, joiners, soft hyphens, marks of direction. */
function isUnsaid(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    /^[\p{Cc}\p{Cf}]$/u.test(character) || unsaidMarks.some(([first = 0, last = 0]) => code >= first && code <= last)
  );
}

/** Letters that Unicode does not take apart, or holds for others, and people type as what stands here. */
const kin: Record<string, string> = {
  ...{ ß: "ss", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ŧ: "t", æ: "ae", œ: "oe", ς: "σ" },
  // Arabic as written in Egypt, Iran and Pakistan.
  ...{ ى: "ي", ی: "ي", ک: "ك", ة: "ه", ہ: "ه" },
  ...{ "‘": "'", "’": "'", "‚": "'", "‛": "'", ʼ: "'", "“": '"', "”": '"', "„": '"', "‟": '"' },
  ...{ "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-" },
};

const isSpace = (character: string): boolean => /^[\s\p{Z}]$/u.test(character);

/** The fold of one code point: nothing, or some letters. */
export function foldCharacter(character: string): string {
  if (isSpace(character)) return " ";
  const taken = character.normalize("NFKD");
  // A free-standing accent would become a space with a mark.
  const letters = [...(taken.startsWith(" ") ? character : taken)].filter((letter) => !isUnsaid(letter));
  let folded = "";
  // By way of the capital, which more forms share; a letter at a time, for small letters depend on their neighbours (final sigma).
  for (const letter of letters)
    for (const capital of letter.toUpperCase())
      for (const small of capital.toLowerCase()) folded += kin[small] ?? small;
  return folded;
}

/**
 * Canonical pieces of one character, such as the three letters of a Korean syllable: a match must not begin or end between them, or か would
 * be found in が.
 */
export const isIndivisible = (character: string, folded: string): boolean =>
  folded.length > character.length && character.normalize("NFD") !== character;

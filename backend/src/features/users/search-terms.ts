/** Folds text for comparing: compatibility forms, marks and case removed, so that "Zoë" is found by "zoe". */
export const fold = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en").trim();

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Everything that a search for this person may start with. */
export const searchTermsOf = (person: { name: string; username: string; email: string }): string[] => [
  ...new Set([fold(person.name), ...wordsOf(person.name), person.username, person.email]),
];

/** A filter on `searchTerms` for "one of them starts with `query`": bounds that a plain index serves. */
export const startsWith = (query: string) => {
  const prefix = fold(query);
  return { $elemMatch: { $gte: prefix, $lt: `${prefix}\u{10FFFF}` } };
};

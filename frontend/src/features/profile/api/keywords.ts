/** The words of a list with commas between them, each once. */
export const keywordsIn = (list: string): string[] => [
  ...new Set(
    list
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

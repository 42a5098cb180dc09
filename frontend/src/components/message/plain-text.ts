const marks: readonly (readonly [RegExp, string])[] = [
  [/^[ \t]*```.*$\n?/gm, ""],
  // Excerpts come without line breaks, and a task's mark is plain within a line, too.
  [/(?<=^|\s)[-*+] \[[xX]\] /gm, "☑ "],
  [/(?<=^|\s)[-*+] \[ \] /gm, "☐ "],
  [/^([ \t]*)[-*+] /gm, "$1• "],
  [/^ {0,3}(?:#{1,6}|>+) +/gm, ""],
  [/\*\*|~~|`+/g, ""],
  [/(?<![\p{L}\p{N}_])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\p{L}\p{N}_])/gu, ""],
  [/!?\[([^\]\n]+)\]\((?:https?:|mailto:)[^)\s]+\)/g, "$1"],
];

/** Markdown as it is read at a glance: for lists of messages, where a line or two must do. Not for showing it as meant. */
export const plainText = (content: string): string =>
  marks.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), content);

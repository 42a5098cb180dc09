import type { TextKey } from "@/lib/text/catalog";

/** What can be asked for beyond words, and what it means. */
export const operators: readonly { readonly insert: string; readonly hint: TextKey }[] = [
  { insert: "from:@", hint: "search.from" },
  { insert: "from:me", hint: "search.fromMe" },
  { insert: "in:#", hint: "search.in" },
  { insert: "before:", hint: "search.before" },
  { insert: "after:", hint: "search.after" },
  { insert: "on:", hint: "search.on" },
  { insert: "has:link", hint: "search.hasLink" },
  { insert: "has:file", hint: "search.hasFile" },
  { insert: "has:image", hint: "search.hasImage" },
  { insert: "has:code", hint: "search.hasCode" },
  { insert: "is:pinned", hint: "search.isPinned" },
  { insert: "is:saved", hint: "search.isSaved" },
  { insert: "is:thread", hint: "search.isThread" },
  { insert: "-", hint: "search.not" },
  { insert: '""', hint: "search.phrase" },
];

/** A query with an operator added at its end. */
export function withOperator(query: string, insert: string): { text: string; caret: number } {
  const before = query === "" || query.endsWith(" ") ? query : `${query} `;
  const isWhole = /^(from:me|has:|is:)/.test(insert) && insert !== "from:@";
  const text = before + insert + (isWhole ? " " : "");
  return { text, caret: insert === '""' ? text.length - 1 : text.length };
}

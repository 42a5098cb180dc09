/** encodeURIComponent leaves these, which RFC 8187 does not allow. */
const left = /['()*]/g;
const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** What cannot stand between quotes, or is read differently by different programs (a `%` is decoded by some). */
const doubtful = /[^\x20-\x7e]|["\\/%]/gu;

/**
 * The header that says whether a file is shown or saved, and under which name, in any script: RFC 6266, the full name as in
 * RFC 8187, and beside it one of plain letters for programs that do not know that. No name can end the header.
 */
export function contentDisposition(kind: "inline" | "attachment", name: string): string {
  const plain = name.toWellFormed().replace(doubtful, "_");
  const header = `${kind}; filename="${plain}"`;
  if (plain === name) return header;
  return `${header}; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(left, escape)}`;
}

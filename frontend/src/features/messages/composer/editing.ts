/** A text and what is selected in it, in UTF-16 units. */
export interface Selection {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Replaces from `from` to `to` by `insert`, then selects from `start` to `end`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

/** Puts marks around what is selected, or takes them away where they stand already. */
export function wrap({ text, start, end }: Selection, mark: string): Edit {
  const selected = text.slice(start, end);
  const length = mark.length;
  if (text.slice(start - length, start) === mark && text.slice(end, end + length) === mark)
    return { from: start - length, to: end + length, insert: selected, start: start - length, end: end - length };
  return { from: start, to: end, insert: mark + selected + mark, start: start + length, end: end + length };
}

/** A fence of code around the selected lines. */
export function fence({ text, start, end }: Selection): Edit {
  const before = start > 0 && text[start - 1] !== "\n" ? "\n" : "";
  const after = end < text.length && text[end] !== "\n" ? "\n" : "";
  const opening = `${before}\`\`\`\n`;
  const selected = text.slice(start, end);
  return {
    from: start,
    to: end,
    insert: `${opening}${selected}\n\`\`\`${after}`,
    start: start + opening.length,
    end: start + opening.length + selected.length,
  };
}

/** A mark at the beginning of each selected line, or none where all have it. */
export function prefixLines({ text, start, end }: Selection, mark: (line: number) => string): Edit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const all = lines.every((line, index) => line.startsWith(mark(index)));
  const insert = lines.map((line, index) => (all ? line.slice(mark(index).length) : mark(index) + line)).join("\n");
  return { from, to, insert, start: lines.length === 1 ? from + insert.length : from, end: from + insert.length };
}

/** `[selected](address)`; with nothing selected the words are left to write. */
export function link({ text, start, end }: Selection, address: string): Edit {
  const selected = text.slice(start, end);
  const insert = `[${selected}](${address})`;
  const caret = selected ? start + insert.length - (address ? 0 : 1) : start + 1;
  return { from: start, to: end, insert, start: caret, end: caret };
}

const listItem = /^(\s*)([-*+]|(\d{1,4})[.)])( (?:\[[ x]\] )?)(.*)$/;

/** What a new line begins with after a line of a list; `null`: it was the end of the list, whose empty item goes. */
export function newLine({ text, start, end }: Selection): Edit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const item = listItem.exec(text.slice(from, start));
  const plain = { from: start, to: end, insert: "\n", start: start + 1, end: start + 1 };
  if (!item || isInCode(text, start)) return plain;
  const [, indent = "", marker = "", number, space = " ", content = ""] = item;
  if (content.trim() === "") return { from, to: end, insert: "", start: from, end: from };
  const next = number ? `${Number(number) + 1}${marker.slice(number.length)}` : marker;
  const insert = `\n${indent}${next}${space.replace("[x]", "[ ]")}`;
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}

/** Whether a place lies within a fence of code that has not ended before it. */
export const isInCode = (text: string, at: number): boolean =>
  (text.slice(0, at).match(/^```/gm) ?? []).length % 2 === 1;

/** Makes an edit in a field as if it had been typed: it can be undone by Ctrl+Z. */
export function apply(field: HTMLTextAreaElement, { from, to, insert, start, end }: Edit): void {
  field.focus();
  field.setSelectionRange(from, to);
  // No other way keeps the field's history: https://issues.chromium.org/issues/41255042
  const isTyped = insert === "" ? document.execCommand("delete") : document.execCommand("insertText", false, insert);
  if (!isTyped) {
    field.setRangeText(insert, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
}

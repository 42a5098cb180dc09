import { fence, isInCode, link, newLine, prefixLines, wrap } from "./editing";
import type { Edit, Selection } from "./editing";

/** `|` marks the selection. */
const at = (marked: string): Selection => {
  const start = marked.indexOf("|");
  const end = marked.lastIndexOf("|") - (marked.lastIndexOf("|") === start ? 0 : 1);
  return { text: marked.replaceAll("|", ""), start, end };
};
const after = ({ text }: Selection, { from, to, insert, start, end }: Edit): string => {
  const next = text.slice(0, from) + insert + text.slice(to);
  return start === end
    ? `${next.slice(0, start)}|${next.slice(start)}`
    : `${next.slice(0, start)}|${next.slice(start, end)}|${next.slice(end)}`;
};
const edited = (marked: string, edit: (selection: Selection) => Edit) => after(at(marked), edit(at(marked)));

test("marks go around what is selected, and away again", () => {
  expect(edited("a |b| c", (s) => wrap(s, "**"))).toBe("a **|b|** c");
  expect(edited("a **|b|** c", (s) => wrap(s, "**"))).toBe("a |b| c");
  expect(edited("a |", (s) => wrap(s, "_"))).toBe("a _|_");
});

test("lines become lists and quotes, and lines again", () => {
  expect(edited("|one\ntwo|", (s) => prefixLines(s, () => "> "))).toBe("|> one\n> two|");
  expect(edited("|> one\n> two|", (s) => prefixLines(s, () => "> "))).toBe("|one\ntwo|");
  expect(edited("|one\ntwo|", (s) => prefixLines(s, (i) => `${i + 1}. `))).toBe("|1. one\n2. two|");
});

test("code stands between fences of its own lines", () => {
  expect(edited("see |let a|", fence)).toBe("see \n```\n|let a|\n```");
});

test("a list goes on with the next line, and ends with an empty one", () => {
  expect(edited("- one|", newLine)).toBe("- one\n- |");
  expect(edited("9. nine|", newLine)).toBe("9. nine\n10. |");
  expect(edited("- [x] done|", newLine)).toBe("- [x] done\n- [ ] |");
  expect(edited("- one\n- |", newLine)).toBe("- one\n|");
  expect(edited("```\n- one|", newLine)).toBe("```\n- one\n|");
  expect(edited("plain|", newLine)).toBe("plain\n|");
});

test("an address pasted over words makes a link of them", () => {
  expect(edited("see |this|", (s) => link(s, "https://example.com"))).toBe("see [this](https://example.com)|");
  expect(edited("see |", (s) => link(s, "https://example.com"))).toBe("see [|](https://example.com)");
});

test("an open fence is known", () => {
  expect(isInCode("```ts\nlet a", 8)).toBe(true);
  expect(isInCode("```ts\nlet a\n```\nb", 17)).toBe(false);
});

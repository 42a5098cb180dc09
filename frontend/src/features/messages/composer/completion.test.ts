import { tokenAt } from "./completion";

const atEnd = (text: string) => tokenAt(text, text.length);

test("a mark at the beginning of a word opens a completion", () => {
  expect(atEnd("hi @ad")).toEqual({ kind: "person", text: "ad", from: 3 });
  expect(atEnd("@")).toEqual({ kind: "person", text: "", from: 0 });
  expect(atEnd("(#gen")).toEqual({ kind: "channel", text: "gen", from: 1 });
  expect(atEnd("nice :ta")).toEqual({ kind: "emoji", text: "ta", from: 5 });
});

test.each(["mail@ex", "10:30", "a :", ":t", "x#y", "@ada ", "http://a"])("%s opens none", (text) => {
  expect(atEnd(text)).toBeNull();
});

test("only what stands before the caret counts", () => {
  expect(tokenAt("@ada and more", 3)).toEqual({ kind: "person", text: "ad", from: 0 });
});

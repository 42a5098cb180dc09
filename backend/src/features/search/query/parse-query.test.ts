import fc from "fast-check";
import { ApiError } from "../../../http/errors";
import { parseQuery, type Condition } from "./parse-query";
import { expectQuick } from "../../../testing/quick";

const text = (word: string, isNegated = false): Condition => ({ kind: "text", text: word, isNegated });

describe("a query", () => {
  it.each<[string, Condition[]]>([
    ["  two   words ", [text("two"), text("words")]],
    ['a "whole phrase" b', [text("a"), text("whole phrase"), text("b")]],
    ["“typed on a phone”", [text("typed on a phone")]],
    ['say "she said \\"hi\\" twice"', [text("say"), text('she said "hi" twice')]],
    ['"C:\\"', [text("C:\\")]],
    ['"C:\\Users" x', [text("C:\\Users"), text("x")]],
    ['"never ended', [text("never ended")]],
    ['inch"es', [text('inch"es')]],
    ["-not -“this one”", [text("not", true), text("this one", true)]],
    ["- --force a-b", [text("-"), text("--force"), text("a-b")]],
    [
      "http://x foo:bar inside:out C++ 10.0.0.17",
      [text("http://x"), text("foo:bar"), text("inside:out"), text("C++"), text("10.0.0.17")],
    ],
    ['"from:me"', [text("from:me")]],
    [
      'FROM:me from:@ada -from:@"Ada Lovelace" in:#general in:@bob',
      [
        { kind: "from", name: "me", isNegated: false },
        { kind: "from", name: "@ada", isNegated: false },
        { kind: "from", name: "@Ada Lovelace", isNegated: true },
        { kind: "in", name: "#general", isNegated: false },
        { kind: "in", name: "@bob", isNegated: false },
      ],
    ],
    [
      "before:2026-01-31 -after:2024-02-29 on:2026-12-01",
      [
        { kind: "before", day: "2026-01-31", isNegated: false },
        { kind: "after", day: "2024-02-29", isNegated: true },
        { kind: "on", day: "2026-12-01", isNegated: false },
      ],
    ],
    [
      "has:Link -has:code is:pinned is:saved is:thread",
      [
        { kind: "trait", trait: "link", isNegated: false },
        { kind: "trait", trait: "code", isNegated: true },
        { kind: "trait", trait: "pinned", isNegated: false },
        { kind: "saved", isNegated: false },
        { kind: "trait", trait: "thread", isNegated: false },
      ],
    ],
  ])("%s", (query, conditions) => expect(parseQuery(query)).toEqual(conditions));

  it.each([
    ["before:", "before: needs a date like 2026-01-31."],
    ["on:fire", "on: needs a date like 2026-01-31."],
    ["after:2026-02-30", "after: needs a date like 2026-01-31."],
    ["before:31.1.2026", "before: needs a date like 2026-01-31."],
    ["has:teeth", "has: knows link, file, image and code."],
    ["is:", "is: knows pinned, saved and thread."],
    ["from:", "from: needs a person, like @ada, or me."],
    ["in:#", "in: needs a channel, like #general, or a person, like @ada."],
    ["x ".repeat(21), "Search for at most 20 things at once."],
  ])("%s is refused in a sentence", (query, sentence) => {
    expect(() => parseQuery(query)).toThrow(sentence);
    try {
      parseQuery(query);
    } catch (error) {
      expect(error).toMatchObject({ code: "invalid_request", details: [{ path: "query.q", message: sentence }] });
    }
  });

  it("of any kind is read or refused, and never keeps us waiting", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 500 }),
      fc.string({ unit: fc.constantFrom(...'\\"-:@# from:in:on:has:“”a\u0000\ud800'), maxLength: 500 }),
    );
    const read = (query: string) => {
      try {
        for (const condition of parseQuery(query)) expect(typeof condition.kind).toBe("string");
      } catch (error) {
        expect(error).toBeInstanceOf(ApiError);
      }
    };
    await fc.assert(
      fc.asyncProperty(hostile, (query) => expectQuick(50, () => read(query))),
      { numRuns: 2000 },
    );
  });

  it("has each phrase as it was put between quotation marks", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (raw) => {
        const phrase = raw.toWellFormed();
        const quoted = `"${phrase.replace(/["“”„‟]/g, "\\$&")}"`;
        // A backslash before the closing mark could belong to either.
        fc.pre(!/\\(["“”„‟]|$)/.test(phrase));
        expect(parseQuery(`${quoted} after`)).toEqual([text(phrase), text("after")]);
      }),
    );
  });
});

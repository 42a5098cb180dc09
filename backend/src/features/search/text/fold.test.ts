import fc from "fast-check";
import { fold, foldText, indexOfTerm } from "./fold";

const finds = (text: string, query: string): boolean => indexOfTerm(foldText(text), fold(query)) >= 0;
/** The parts of `source` that a term is found in. */
function found(source: string, query: string): string[] {
  const [folded, term] = [foldText(source), fold(query)];
  const parts: string[] = [];
  for (let at = indexOfTerm(folded, term); at >= 0; at = indexOfTerm(folded, term, at + 1))
    parts.push(source.slice(folded.starts[at], folded.ends[at + term.length - 1]));
  return parts;
}

describe("folding", () => {
  it.each([
    ["Zoë", "zoe"],
    ["ZOE\u0308", "zoe"],
    ["Straße", "STRASSE"],
    ["ẞ", "ss"],
    ["İstanbul ırmak", "istanbul irmak"],
    ["Łódź", "lodz"],
    ["Ærøskøbing", "aeroskobing"],
    ["ΟΔΟΣ ὁδός", "οδοσ οδος"],
    ["Ёлка", "елка"],
    ["ＦＵＬＬ　ｗｉｄｔｈ", "full width"],
    ["ﬁle №5", "file no5"],
    ["a \t\n\u00a0\u3000 b", "a b"],
    ["so\u00adft zero\u200bwidth", "soft zerowidth"],
    ["مُحَمَّد", "محمد"],
    ["مـــحمد", "محمد"],
    ["إسلام آية", "اسلام ايه"],
    ["שָׁלוֹם", "שלום"],
    ["पढ़ना", "पढना"],
    ["❤️", "❤"],
    ["don’t “quote” — dash", `don't "quote" - dash`],
    ["ｶﾞｷﾞ", "ガギ"],
  ])("holds %j and %j for the same", (a, b) => expect(fold(a)).toBe(fold(b)));

  it.each([
    ["की", "का"],
    ["ที่", "ท"],
    ["10.0.0.17", "100017"],
    ["foo_bar()", "foobar"],
    ["C++", "C"],
    ["fe80::1", "fe80:1"],
    ["\u00b4", " "],
  ])("tells %j from %j", (a, b) => expect(fold(a)).not.toBe(fold(b)));

  it("finds no part of what is written as one letter, however it is encoded", () => {
    expect(finds("ガス", "カ")).toBe(false);
    expect(finds("한국", "하")).toBe(false);
    expect(finds("한국".normalize("NFD"), "한국")).toBe(true);
    expect(finds("한국", "한국".normalize("NFD"))).toBe(true);
    expect(finds("ガス", "ガ".normalize("NFD"))).toBe(true);
    expect(finds("ﬀ", "f")).toBe(true);
  });

  it("shows what was found in the units of the source", () => {
    expect(found("a Zoë b", "zoe")).toEqual(["Zoë"]);
    expect(found("a Zoe\u0308 b", "zoe")).toEqual(["Zoe\u0308"]);
    expect(found("Straße", "ss")).toEqual(["ß"]);
    expect(found("x \n\t y", "x y")).toEqual(["x \n\t y"]);
    expect(found("👍🏽 ok 👍🏽", "👍🏽")).toEqual(["👍🏽", "👍🏽"]);
    expect(found("서울 한국", "한국")).toEqual(["한국"]);
    expect(found("مُحَمَّد", "حم")).toEqual(["حَمَّ"]);
  });

  it("knows where words begin", () => {
    expect(finds("bar", " bar")).toBe(true);
    expect(finds("bar", "bar ")).toBe(true);
    expect(finds("foobar", " bar")).toBe(false);
  });
});

const scripts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(..."aZëß 　\tİςΣ한국ガが\u3099\u0308क़का़\u094dที่מְָّمُـ👨\u200d👩🏽ﬁ½ẞ“’ǆ"),
    maxLength: 30,
  }),
);

describe("the fold of any text", () => {
  it("holds the folds of its parts, wherever it is cut", () => {
    fc.assert(
      fc.property(scripts, fc.nat(), fc.nat(), (raw, a, b) => {
        const characters = [...raw.toWellFormed()];
        const [from, to] = [a % (characters.length + 1), b % (characters.length + 1)].sort((x, y) => x - y);
        expect(finds(characters.join(""), characters.slice(from, to).join(""))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it("is the same with and without the way back, and folds to itself", () => {
    fc.assert(
      fc.property(scripts, (raw) => {
        const text = raw.toWellFormed();
        const folded = foldText(text);
        expect(folded.text).toBe(fold(` ${text} `));
        expect(fold(folded.text)).toBe(folded.text);
        expect(folded.starts).toHaveLength(folded.text.length);
        folded.starts.forEach((start, i) => {
          expect(start).toBeLessThanOrEqual(folded.ends[i] ?? -1);
          expect(start).toBeGreaterThanOrEqual(folded.starts[i - 1] ?? 0);
        });
      }),
      { numRuns: 2000 },
    );
  });
});

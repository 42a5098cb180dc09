import fc from "fast-check";
import { ByteReader, ByteWriter } from "./bytes";
import { eachDocument, entriesOf, pageBytes, PageWriter } from "./pages";

describe("bytes", () => {
  it("give back every number that was written", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(), fc.integer({ min: 0, max: 2 ** 32 - 1 }))), (numbers) => {
        const writer = new ByteWriter(1);
        for (const number of numbers) writer.number(number);
        const reader = new ByteReader(writer.copy());
        expect(numbers.map(() => reader.number())).toEqual(numbers);
        expect(reader.at).toBe(writer.length);
      }),
    );
  });
});

const keys = fc.string({
  unit: fc.constantFrom("a", "b", "\0", "\u0001", "\uffff", "字", "\ud83d", "\ude00"),
  maxLength: 4,
});
const lists = fc
  .uniqueArray(fc.nat({ max: 2 ** 31 }), { minLength: 1, maxLength: 40 })
  .map((list) => list.sort((a, b) => a - b));
const contents = fc
  .uniqueArray(fc.tuple(keys, lists), { selector: ([key]) => key, maxLength: 120 })
  .map((entries) => entries.sort(([a], [b]) => (a < b ? -1 : 1)));

function write(entries: [string, number[]][]): Buffer[] {
  const writer = new PageWriter();
  for (const [key, list] of entries) writer.add(key, list);
  return writer.end().map(({ data }) => data);
}

function read(pages: Buffer[], from?: string, to?: string): [string, number[]][] {
  const found = new Map<string, number[]>();
  for (const page of pages)
    for (const entry of entriesOf(page, from, to)) {
      const list = found.get(entry.key) ?? [];
      eachDocument(page, entry, (document) => list.push(document));
      expect(list.length).toBeGreaterThanOrEqual(entry.count);
      found.set(entry.key, list);
    }
  return [...found];
}

describe("pages", () => {
  it("give back what was written", () => {
    fc.assert(fc.property(contents, (entries) => expect(read(write(entries))).toEqual(entries)));
  });

  it("find a range of keys, and nothing beside it", () => {
    fc.assert(
      fc.property(contents, keys, keys, (entries, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        expect(read(write(entries), from, to)).toEqual(entries.filter(([key]) => key >= from && key <= to));
      }),
    );
  });

  it("cut a long list into pages of bounded size", () => {
    const long = Array.from({ length: 100_000 }, (_, i) => i * 3);
    const writer = new PageWriter();
    writer.add("a", [1]);
    writer.add("b", long);
    writer.add("c", [2]);
    const pages = writer.end();
    expect(pages.length).toBeGreaterThan(2);
    for (const { data } of pages) expect(data.length).toBeLessThan(pageBytes * 1.1);
    expect(read(pages.map(({ data }) => data))).toEqual([
      ["a", [1]],
      ["b", long],
      ["c", [2]],
    ]);
    expect(pages.map(({ firstKey }) => firstKey)).toEqual(["a", ...pages.slice(1).map(() => "b")]);
  });
});

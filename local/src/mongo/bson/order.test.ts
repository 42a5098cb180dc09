import { Binary, BSON, BSONRegExp, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import { compare } from "./compare";
import { decode } from "./decode";
import { encode } from "./encode";
import { extendKey, keyOf } from "./keystring";
import type { Value } from "./values";

const numbers = [
  0,
  -0,
  1,
  -1,
  1.5,
  -1.5,
  0.1,
  5e-324,
  1e300,
  -1e300,
  Infinity,
  -Infinity,
  NaN,
  2147483647,
  9007199254740991,
  9007199254740992,
];
const longs = [0n, 1n, -1n, 9007199254740992n, 9007199254740993n, -9007199254740993n, 2n ** 63n - 1n, -(2n ** 63n)];
const decimals = [
  "0",
  "0.1",
  "0.10",
  "-0.1",
  "1",
  "1.5",
  "9007199254740993",
  "9007199254740993.0000000001",
  "1E+300",
  "Infinity",
  "-Infinity",
  "NaN",
];
const texts = ["", "a", "a\0", "a\0b", "ab", "b", "\uFFFD", "\u{1F600}", "é"];
const scalars: Value[] = [
  ...numbers,
  ...longs,
  ...decimals.map((text) => Decimal128.fromString(text)),
  ...texts,
  new Double(1),
  null,
  true,
  false,
  new Date(0),
  new Date(-1),
  new Date(1e12),
  new ObjectId("000000000000000000000001"),
  new ObjectId("ff0000000000000000000001"),
  new Binary(Buffer.from("x")),
  new Binary(Buffer.from("xy")),
  new Binary(Buffer.from("xx"), 5),
  new Timestamp({ t: 1, i: 2 }),
  new BSONRegExp("a", "i"),
  new MinKey(),
  new MaxKey(),
];
const nested: Value[] = [
  {},
  { a: 1 },
  { a: 1, b: 1 },
  { b: 1 },
  { a: "x" },
  { a: { b: 1 } },
  { aa: 1 },
  [],
  [1],
  [1, 2],
  [2],
  ["x"],
  [[1]],
  [{ a: 1 }],
  [null],
];
const values = [...scalars, ...nested];

const shown = (value: Value) => `${typeof value} ${Buffer.from(encode({ value })).toString("hex")}`;

describe("the order of values", () => {
  it("is the same of values and of their keys, ascending and descending", () => {
    const wrong: string[] = [];
    const prefix = Buffer.from("p");
    for (const a of values) {
      for (const b of values) {
        const order = Math.sign(compare(a, b));
        const ascending = Math.sign(Buffer.compare(keyOf(a), keyOf(b)));
        const descending = Math.sign(Buffer.compare(extendKey(prefix, a, true), extendKey(prefix, b, true)));
        if (order !== ascending || order + descending !== 0)
          wrong.push(`${shown(a)} / ${shown(b)}: ${order} ${ascending} ${descending}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("no key begins with another", () => {
    const keys = values.map(keyOf);
    const inside = keys.filter((key) =>
      keys.some((other) => other.length > key.length && other.subarray(0, key.length).equals(key)),
    );
    expect(inside).toEqual([]);
  });
});

describe("decoding", () => {
  it("gives back every type and byte", () => {
    for (const value of values) {
      const bytes = encode({ a: value, b: [value], c: { d: value } });
      expect(encode(decode(bytes)).equals(bytes)).toBe(true);
    }
  });

  it("keeps doubles apart from integers", () => {
    const bytes = Buffer.from(BSON.serialize({ a: new Double(1), b: 1, c: 1n, d: 1.5 }));
    expect(decode(bytes)).toEqual({ a: new Double(1), b: 1, c: 1n, d: 1.5 });
  });

  it.each([
    ["a length beyond the end", [20, 0, 0, 0, 0]],
    ["an unknown type", [9, 0, 0, 0, 0x42, 97, 0, 0, 0]],
    ["text without an end", [13, 0, 0, 0, 2, 97, 0, 200, 0, 0, 0, 98, 0]],
  ])("refuses %s", (_, bytes) => {
    expect(() => decode(Buffer.from(bytes))).toThrow();
  });
});

import fc from "fast-check";

const deep = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels)) as unknown;

/** Texts that have broken parsers, databases, templates and logs elsewhere. */
const texts = [
  "",
  " ",
  "\0",
  "\ud800",
  "x\udfff",
  "\u202eabc",
  "é".normalize("NFD").repeat(60),
  "x".repeat(300),
  "x".repeat(100_000),
  "a@b.c\r\nBcc: x@example.com",
  "' OR 1=1 --",
  "{{7*7}}${7*7}<%= 7 %>",
  "../../../../etc/passwd",
  "$where",
  "__proto__",
  "constructor",
  "[object Object]",
  "NaN",
  "1e999",
  "0".repeat(24),
  "F".repeat(24),
  "9999-99-99T99:99:99.999Z",
  "2026-01-01T00:00:00.000Z",
  ".*(a+)+$",
];

/** What stands where something else belongs. */
const values: unknown[] = [
  ...texts,
  null,
  true,
  -1,
  1.5,
  2 ** 53,
  1e308,
  [],
  [[]],
  {},
  { $ne: null },
  { $gt: "" },
  { $where: "sleep(3000)" },
  { $regex: "(a+)+$" },
  { length: 1e9 },
  { toString: "x", valueOf: 1 },
  JSON.parse('{"__proto__":{"role":"admin","isService":true}}'),
  Array.from({ length: 2000 }, () => "f".repeat(24)),
  deep(500),
];

export const hostileText = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "binary", maxLength: 60 }));
export const hostileValue = fc.oneof(
  { arbitrary: fc.constantFrom(...values), weight: 3 },
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary" }),
);

const extraKey = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "_id", "role", "$set", "userId", "a.b", ""),
  fc.string({ maxLength: 20 }),
);

/** Written out by hand: a key `__proto__` is a key like any other on the wire. */
const write = (entries: [string, unknown][]): string =>
  `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`;

export interface RawBody {
  type: string | undefined;
  text: string;
  encoding?: string;
}

const json = (text: string): RawBody => ({ type: "application/json", text });

/** A body that was right, with parts of it replaced, doubled, left out or added; or none of it. */
export function hostileBody(valid: unknown): fc.Arbitrary<RawBody> {
  const entries = Object.entries((valid ?? {}) as Record<string, unknown>);
  const mutated = fc
    .tuple(
      fc.array(fc.tuple(fc.nat({ max: Math.max(0, entries.length - 1) }), hostileValue), {
        minLength: 1,
        maxLength: 2,
      }),
      fc.array(fc.tuple(extraKey, hostileValue), { maxLength: 2 }),
    )
    .map(([changes, extras]) => {
      const changed = entries.map(([key, value]): [string, unknown] => [key, value]);
      for (const [at, value] of changes) if (changed[at]) changed[at][1] = value;
      return json(write([...changed, ...extras]));
    });
  const shortened = fc.subarray(entries).map((some) => json(write(some)));
  const doubled = hostileValue.map((value) =>
    json(`[${JSON.stringify(valid ?? null)},${JSON.stringify(value) ?? "null"}]`),
  );
  const anything = fc.oneof(fc.jsonValue(), hostileValue).map((value) => json(JSON.stringify(value)));
  const noJson = fc.record(
    {
      type: fc.constantFrom(
        "application/json",
        "application/json; charset=utf-7",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        undefined,
      ),
      text: fc.oneof(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.constantFrom(
          "{",
          "[".repeat(5000),
          '{"a":',
          "--x\r\n\r\n",
          "--x\r\ncontent-disposition: form-data; name=file\r\n\r\nhi\r\n--x--",
        ),
      ),
      encoding: fc.constantFrom("gzip", "br", "identity", "nonsense"),
    },
    { requiredKeys: ["type", "text"] },
  );
  return fc.oneof({ arbitrary: mutated, weight: 6 }, shortened, doubled, anything, { arbitrary: noJson, weight: 2 });
}

const encoded = hostileText.map((text) => encodeURIComponent(text.toWellFormed().slice(0, 3000)));

/** A query string as nobody's library would write it. */
export function hostileQuery(names: string[]): fc.Arbitrary<string> {
  const name = fc.oneof(
    ...(names.length > 0 ? [{ arbitrary: fc.constantFrom(...names), weight: 4 }] : []),
    fc.constantFrom("__proto__", "constructor", "limit", "cursor"),
    encoded,
  );
  const suffix = fc.constantFrom("", "", "", "", "[]", "[$gt]", "[a][b]", "%5B%24ne%5D", ".x");
  const value = fc.oneof(
    fc.constantFrom(
      "1",
      "0",
      "-1",
      "100000",
      "1e2",
      "0x10",
      "f".repeat(24),
      "W10",
      "WyJhIiwiYiJd",
      "%",
      "%E0%A4%A",
      "%00",
    ),
    encoded,
  );
  return fc
    .array(fc.tuple(name, suffix, fc.constantFrom("=", "=", "=", ""), value), { maxLength: 4 })
    .map((pairs) => pairs.map((pair) => pair.join("")).join("&"));
}

/** Something in the place of an id. Never empty, nor a word that another route begins with. */
export const hostileSegment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "f".repeat(24),
    "F".repeat(24),
    "0",
    "%00",
    "%ff",
    "%E0%A4%A",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%2f..",
    "$ne",
    "__proto__",
    "constructor",
    "[object%20Object]",
    `${"f".repeat(24)}%0a`,
    "a".repeat(1024),
    "%F0%9F%98%80",
  ),
  encoded.filter((text) => text !== "" && !/^\.{1,2}$/.test(text)),
);

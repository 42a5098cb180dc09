import type { Code, ObjectId, Timestamp } from "bson";
import { Binary, BSONRegExp, Decimal128, Double } from "bson";
import { compareExactly } from "./decimal";
import type { Doc, Value } from "./values";
import { Rank, rankOf } from "./values";

/** Orders two strings; the default is by UTF-8 bytes, a collation brings its own. */
export type CompareStrings = (a: string, b: string) => number;

const surrogate = /[\ud800-\udfff]/;
/** Order by UTF-8 bytes, which is the order of code points: JavaScript's own unless a surrogate pair is involved. */
function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

function compareNumbers(a: Value, b: Value): number {
  if (a instanceof Decimal128 || b instanceof Decimal128) return compareExactly(a, b);
  const x = a instanceof Double ? a.value : (a as number | bigint);
  const y = b instanceof Double ? b.value : (b as number | bigint);
  if (x < y) return -1;
  if (x > y) return 1;
  if (x == y) return 0; // int64 and double compare by value, exactly
  return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

const binaryOf = (value: Value): [Uint8Array, number] =>
  value instanceof Binary ? [value.buffer.subarray(0, value.position), value.sub_type] : [value as Uint8Array, 0];

function compareBinaries(a: Value, b: Value): number {
  const [bytesA, typeA] = binaryOf(a);
  const [bytesB, typeB] = binaryOf(b);
  return bytesA.length - bytesB.length || typeA - typeB || Buffer.compare(bytesA, bytesB);
}

const regexOf = (value: Value): [string, string] =>
  value instanceof BSONRegExp
    ? [value.pattern, value.options]
    : [(value as RegExp).source, (value as RegExp).flags.replace(/[^imsx]/g, "")];

function compareArrays(a: Value[], b: Value[], strings: CompareStrings): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i], b[i], strings);
    if (order) return order;
  }
  return a.length - b.length;
}

/** Field by field: type, then name, then value (MongoDB's order of embedded documents). */
function compareDocs(a: Doc, b: Doc, strings: CompareStrings): number {
  const left = Object.keys(a).filter((key) => a[key] !== undefined);
  const right = Object.keys(b).filter((key) => b[key] !== undefined);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i] as string;
    const y = right[i] as string;
    const order = rankOf(a[x]) - rankOf(b[y]) || compareBytes(x, y) || compare(a[x], b[y], strings);
    if (order) return order;
  }
  return left.length - right.length;
}

/** MongoDB's total order of values: negative, zero or positive. A missing value equals null. */
export function compare(a: Value, b: Value, strings: CompareStrings = compareBytes): number {
  if (typeof a === "string" && typeof b === "string") return strings(a, b);
  const rank = rankOf(a);
  const order = rank - rankOf(b);
  if (order) return order;
  switch (rank) {
    case Rank.number:
      return compareNumbers(a, b);
    case Rank.string:
      return strings(String(a), String(b));
    case Rank.object:
      return compareDocs(a as Doc, b as Doc, strings);
    case Rank.array:
      return compareArrays(a as Value[], b as Value[], strings);
    case Rank.binary:
      return compareBinaries(a, b);
    case Rank.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case Rank.boolean:
      return Number(a) - Number(b);
    case Rank.date:
      return Number(a) - Number(b);
    case Rank.timestamp: {
      const x = (a as Timestamp).toBigInt();
      const y = (b as Timestamp).toBigInt();
      return x < y ? -1 : x > y ? 1 : 0;
    }
    case Rank.regex: {
      const [pattern, options] = regexOf(a);
      const [otherPattern, otherOptions] = regexOf(b);
      return compareBytes(pattern, otherPattern) || compareBytes(options, otherOptions);
    }
    case Rank.code:
      return compareBytes(String((a as Code).code), String((b as Code).code));
    default:
      return 0; // null, MinKey, MaxKey
  }
}

/** Equality of MongoDB: 1 equals 1.0, the order of fields matters. */
export const equals = (a: Value, b: Value, strings?: CompareStrings): boolean => compare(a, b, strings) === 0;

import { Decimal128, Double, Int32, Long } from "bson";

/**
 * A BSON value inside this server. Numbers keep their BSON type: int32 and doubles that are no int32 are `number`,
 * doubles with an int32's value are `Double`, int64 is `bigint`, decimals are `Decimal128`.
 */
export type Value = unknown;
export interface Doc {
  [field: string]: Value;
}

/** First byte of every key, in MongoDB's order of types (documentation: "Comparison/Sort Order"). */
export const Rank = {
  minKey: 0x01,
  null: 0x05,
  number: 0x10,
  string: 0x14,
  object: 0x18,
  array: 0x1c,
  binary: 0x20,
  objectId: 0x24,
  boolean: 0x28,
  date: 0x2c,
  timestamp: 0x30,
  regex: 0x34,
  code: 0x38,
  maxKey: 0xf0,
} as const;

const rankOfBsonType: Record<string, number> = {
  ObjectId: Rank.objectId,
  Long: Rank.number,
  Int32: Rank.number,
  Double: Rank.number,
  Decimal128: Rank.number,
  Binary: Rank.binary,
  Timestamp: Rank.timestamp,
  MinKey: Rank.minKey,
  MaxKey: Rank.maxKey,
  BSONRegExp: Rank.regex,
  BSONSymbol: Rank.string,
  Code: Rank.code,
};

export const bsonTypeOf = (value: object): string | undefined => (value as { _bsontype?: string })._bsontype;

/** Rank of a value among the types; a missing value ranks with null. */
export function rankOf(value: Value): number {
  switch (typeof value) {
    case "undefined":
      return Rank.null;
    case "number":
    case "bigint":
      return Rank.number;
    case "string":
      return Rank.string;
    case "boolean":
      return Rank.boolean;
  }
  if (value === null) return Rank.null;
  if (Array.isArray(value)) return Rank.array;
  if (value instanceof Date) return Rank.date;
  if (value instanceof RegExp) return Rank.regex;
  if (value instanceof Uint8Array) return Rank.binary;
  const type = bsonTypeOf(value as object);
  return type === undefined ? Rank.object : (rankOfBsonType[type] ?? Rank.object);
}

/** An embedded document (no array, no BSON class, no date). */
export const isDoc = (value: Value): value is Doc => typeof value === "object" && rankOf(value) === Rank.object;

const typeNumberOfBsonType: Record<string, number> = {
  ObjectId: 7,
  Long: 18,
  Int32: 16,
  Double: 1,
  Decimal128: 19,
  Binary: 5,
  Timestamp: 17,
  MinKey: -1,
  MaxKey: 127,
  BSONRegExp: 11,
  BSONSymbol: 14,
  Code: 13,
};

export const isInt32 = (n: number): boolean => (n | 0) === n && !Object.is(n, -0);

/** BSON type number (specification: bsonspec.org); 0 for a missing value. */
export function typeNumber(value: Value): number {
  switch (typeof value) {
    case "undefined":
      return 0;
    case "number":
      return isInt32(value) ? 16 : 1;
    case "bigint":
      return 18;
    case "string":
      return 2;
    case "boolean":
      return 8;
  }
  if (value === null) return 10;
  if (Array.isArray(value)) return 4;
  if (value instanceof Date) return 9;
  if (value instanceof RegExp) return 11;
  if (value instanceof Uint8Array) return 5;
  return typeNumberOfBsonType[bsonTypeOf(value as object) ?? ""] ?? 3;
}

/** Type aliases accepted by `$type`, with their numbers. */
export const typeNumbers: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

const names = new Map(Object.entries(typeNumbers).map(([name, number]) => [number, name]));
/** Name of a value's type as MongoDB's messages write it; "missing" when there is none. */
export const typeName = (value: Value): string => names.get(typeNumber(value)) ?? "missing";

export const isNumber = (value: Value): boolean => rankOf(value) === Rank.number;

/** The nearest JavaScript number; NaN when the value is no number. */
export function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Double || value instanceof Int32) return value.value;
  if (value instanceof Long) return value.toNumber();
  if (value instanceof Decimal128) return Number(value.toString());
  return NaN;
}

/** A double that stays a double when its value would fit an int32. */
export const asDouble = (n: number): number | Double => (isInt32(n) ? new Double(n) : n);

/** MongoDB's truth: everything but false, null, missing and zero. */
export const isTrue = (value: Value): boolean =>
  value !== false && value !== null && value !== undefined && !(isNumber(value) && toNumber(value) === 0);

/** An object whose first key starts with `$`: operators, not a literal. */
export function isOperators(value: Value): value is Doc {
  if (typeof value !== "object" || value === null || !isDoc(value)) return false;
  for (const key in value) return key.charCodeAt(0) === 36;
  return false;
}

import type { BSONRegExp, Code, ObjectId, Timestamp } from "bson";
import { Binary, Double } from "bson";
import { CommandError } from "../errors";
import { doubleParts } from "./decimal";
import type { Doc, Value } from "./values";
import { Rank, rankOf } from "./values";

// Encodes values so that comparing bytes compares values: one definition of MongoDB's order for index keys, grouping
// and uniqueness. Every encoding delimits itself, so none is a prefix of another. The buffer is module-wide: encoding never awaits.
let out = Buffer.allocUnsafe(4096);
let at = 0;

function reserve(bytes: number): void {
  if (at + bytes <= out.length) return;
  const grown = Buffer.allocUnsafe(Math.max(out.length * 2, at + bytes));
  out.copy(grown, 0, 0, at);
  out = grown;
}

/** Terminated by 0 and 1; a zero within becomes 0 and 255, so that no text is a prefix of another. */
function writeString(text: string): void {
  reserve(text.length * 6 + 2);
  if (text.includes("\0")) {
    for (const byte of Buffer.from(text)) {
      out[at++] = byte;
      if (byte === 0) out[at++] = 0xff;
    }
  } else at += out.write(text, at, "utf8");
  out[at++] = 0;
  out[at++] = 1;
}

/** Eight bytes: a positive double with its sign bit set, a negative one inverted; NaN is the smallest. */
function writeDouble(n: number): void {
  if (Number.isNaN(n)) {
    out.fill(0, at, at + 8);
    at += 8;
    return;
  }
  out.writeDoubleBE(n === 0 ? 0 : n, at); // -0 equals 0
  if ((out[at] as number) & 0x80) for (let i = at; i < at + 8; i++) out[i] = ~(out[i] as number);
  else out[at] = (out[at] as number) | 0x80;
  at += 8;
}

/** A double, then 0; a number no double can hold goes on with 1 and two more doubles (see doubleParts). */
function writeNumber(value: Value): void {
  reserve(32);
  const exact =
    typeof value === "number"
      ? value
      : value instanceof Double
        ? value.value
        : typeof value === "bigint" && Number.isSafeInteger(Number(value))
          ? Number(value)
          : undefined;
  if (exact !== undefined) {
    writeDouble(exact);
    out[at++] = 0;
    return;
  }
  const [whole = 0, ...rest] = doubleParts(value);
  writeDouble(whole);
  out[at++] = rest.length ? 1 : 0;
  if (rest.length) for (let i = 0; i < 2; i++) writeDouble(rest[i] ?? 0);
}

function writeBinary(value: Value): void {
  const bytes = value instanceof Binary ? value.buffer.subarray(0, value.position) : (value as Uint8Array);
  reserve(bytes.length + 5);
  at = out.writeUInt32BE(bytes.length, at);
  out[at++] = value instanceof Binary ? value.sub_type : 0;
  out.set(bytes, at);
  at += bytes.length;
}

function writeDoc(doc: Doc): void {
  for (const field of Object.keys(doc)) {
    const value = doc[field];
    if (value === undefined) continue;
    reserve(1);
    out[at++] = rankOf(value); // documents compare by type, then name, then value
    writeString(field);
    writeValue(value);
  }
  reserve(1);
  out[at++] = 0;
}

function writeRegex(value: BSONRegExp | RegExp): void {
  writeString(value instanceof RegExp ? value.source : value.pattern);
  writeString(value instanceof RegExp ? value.flags : value.options);
}

function writeValue(value: Value): void {
  const rank = rankOf(value);
  reserve(16);
  out[at++] = rank;
  switch (rank) {
    case Rank.number:
      return writeNumber(value);
    case Rank.string:
      return writeString(String(value));
    case Rank.object:
      return writeDoc(value as Doc);
    case Rank.array:
      for (const item of value as Value[]) writeValue(item);
      reserve(1);
      out[at++] = 0;
      return;
    case Rank.binary:
      return writeBinary(value);
    case Rank.objectId:
      out.set((value as ObjectId).id, at);
      at += 12;
      return;
    case Rank.boolean:
      out[at++] = value ? 1 : 0;
      return;
    case Rank.date:
      at = out.writeBigUInt64BE(BigInt(Number(value)) + (1n << 63n), at);
      return;
    case Rank.timestamp:
      at = out.writeBigUInt64BE((value as Timestamp).toBigInt(), at);
      return;
    case Rank.regex:
      return writeRegex(value as BSONRegExp | RegExp);
    case Rank.code:
      return writeString((value as Code).code as string);
  }
}

/** Longest key, in bytes: LMDB holds 1,978 with pages of 4,096. */
const maxKeyBytes = 1900;

/** Bytes of one value, or of a missing one, which is keyed as null. */
export function keyOf(value: Value): Buffer {
  at = 0;
  writeValue(value);
  return Buffer.from(out.subarray(0, at));
}

/** A short text that is equal for equal values: for maps and sets. */
export function hashOf(value: Value): string {
  at = 0;
  writeValue(value);
  return out.toString("latin1", 0, at);
}

/** `prefix`, then one value, inverted when `descending`. */
export function extendKey(prefix: Uint8Array, value: Value, descending: boolean): Buffer {
  at = 0;
  reserve(prefix.length);
  out.set(prefix, 0);
  at = prefix.length;
  writeValue(value);
  if (descending) for (let i = prefix.length; i < at; i++) out[i] = ~(out[i] as number);
  return Buffer.from(out.subarray(0, at));
}

/** @throws CommandError 17280 when LMDB could not hold the key (MongoDB itself has no limit since 4.2). */
export function checkKeyLength(key: Buffer, what: string): Buffer {
  if (key.length > maxKeyBytes) {
    throw new CommandError(17280, `${what}: key too large to index, ${key.length} bytes of at most ${maxKeyBytes}`);
  }
  return key;
}

/** The smallest key above every key that starts with `key`. */
export function successor(key: Uint8Array): Buffer {
  const copy = Buffer.from(key);
  for (let i = copy.length - 1; i >= 0; i--) {
    const byte = copy[i] as number;
    if (byte < 255) {
      copy[i] = byte + 1;
      return copy.subarray(0, i + 1);
    }
  }
  return Buffer.from([255]);
}

export const inverted = (key: Uint8Array): Buffer => Buffer.from(key.map((byte) => ~byte));

/** The rank as a one-byte key: the prefix of all values of a type. */
export const rankKey = (rank: number): Buffer => Buffer.from([rank]);

import { Binary, BSONRegExp, Code, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import { CommandError, notImplemented } from "../errors";
import type { Doc, Value } from "./values";
import { isInt32 } from "./values";

// bson's own deserialize either boxes every number or forgets which integral numbers were doubles and which were int64.
// This one keeps the types (see Value) at the speed of the unboxed form. State is module-wide: decoding never awaits.
let bytes: Buffer;
let at = 0;

const corrupt = () => new CommandError(22, "Invalid BSON");

function readCString(): string {
  const start = at;
  let ascii = true;
  for (let byte = bytes[at]; byte !== 0; byte = bytes[++at]) {
    if (byte === undefined) throw corrupt();
    if (byte > 127) ascii = false;
  }
  const text = ascii ? bytes.toString("latin1", start, at) : bytes.toString("utf8", start, at);
  at++;
  return text;
}

function readString(): string {
  const length = bytes.readInt32LE(at);
  const start = at + 4;
  at = start + length;
  if (length < 1 || at > bytes.length || bytes[at - 1] !== 0) throw corrupt();
  return bytes.toString("utf8", start, at - 1);
}

function readBytes(length: number): Buffer {
  const start = at;
  at += length;
  if (length < 0 || at > bytes.length) throw corrupt();
  return Buffer.from(bytes.subarray(start, at)); // a copy: the message or page below it is reused
}

function readBinary(): Binary {
  const length = bytes.readInt32LE(at);
  const subType = bytes[at + 4] ?? 0;
  at += 5;
  return new Binary(readBytes(length), subType);
}

function readDate(): Date {
  const ms = Number(bytes.readBigInt64LE(at));
  at += 8;
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) throw notImplemented("a date outside the years -271821 to 275760");
  return date;
}

function readDouble(): number | Double {
  const n = bytes.readDoubleLE(at);
  at += 8;
  return isInt32(n) ? new Double(n) : n;
}

function readValue(type: number): Value {
  switch (type) {
    case 0x01:
      return readDouble();
    case 0x02:
      return readString();
    case 0x03:
      return readDocument();
    case 0x04:
      return readArray();
    case 0x05:
      return readBinary();
    case 0x07:
      return new ObjectId(readBytes(12));
    case 0x08:
      return bytes[at++] === 1;
    case 0x09:
      return readDate();
    case 0x0a:
      return null;
    case 0x0b:
      return new BSONRegExp(readCString(), readCString());
    case 0x0d:
      return new Code(readString());
    case 0x10:
      at += 4;
      return bytes.readInt32LE(at - 4);
    case 0x11:
      at += 8;
      return new Timestamp(bytes.readBigUInt64LE(at - 8));
    case 0x12:
      at += 8;
      return bytes.readBigInt64LE(at - 8);
    case 0x13:
      return new Decimal128(readBytes(16));
    case 0xff:
      return new MinKey();
    case 0x7f:
      return new MaxKey();
    default:
      throw notImplemented(`BSON type ${type}`);
  }
}

function readArray(): Value[] {
  const list: Value[] = [];
  const end = at + bytes.readInt32LE(at);
  at += 4;
  for (let type = bytes[at++]; type !== 0; type = bytes[at++]) {
    if (type === undefined) throw corrupt();
    while (bytes[at++] !== 0) if (at > end) throw corrupt(); // the index, always in order
    list.push(readValue(type));
  }
  if (at !== end) throw corrupt();
  return list;
}

function readDocument(): Doc {
  const doc: Doc = {};
  const end = at + bytes.readInt32LE(at);
  if (end > bytes.length) throw corrupt();
  at += 4;
  for (let type = bytes[at++]; type !== 0; type = bytes[at++]) {
    if (type === undefined) throw corrupt();
    const name = readCString();
    const value = readValue(type);
    if (name === "__proto__") {
      Object.defineProperty(doc, name, { value, writable: true, enumerable: true, configurable: true });
    } else doc[name] = value;
  }
  if (at !== end) throw corrupt();
  return doc;
}

/**
 * Decodes one BSON document, keeping numeric types (see {@link Value}).
 * @throws CommandError 22 when the bytes are no BSON, 238 for the deprecated types undefined, symbol and DBPointer.
 */
export function decode(buffer: Buffer): Doc {
  bytes = buffer;
  at = 0;
  try {
    return readDocument();
  } catch (error) {
    if (error instanceof RangeError) throw corrupt();
    throw error;
  }
}

import { Binary, BSONRegExp, Decimal128, Double, ObjectId, Timestamp } from "bson";
import type { Value } from "../bson/values";
import { isDoc } from "../bson/values";

/** A value as MongoDB's messages write it. */
export function quoted(value: Value): string {
  if (value === undefined) return "MISSING";
  if (typeof value === "string") return `"${value}"`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Double) return value.value.toFixed(1);
  if (value instanceof Decimal128) return `Decimal128("${value.toString()}")`;
  if (value instanceof Binary) return `BinData(${value.sub_type}, ${value.toString("hex").toUpperCase()})`;
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (Array.isArray(value)) return value.length ? `[ ${value.map(quoted).join(", ")} ]` : "[]";
  if (isDoc(value)) {
    const fields = Object.entries(value).map(([field, item]) => `${field}: ${quoted(item)}`);
    return fields.length ? `{ ${fields.join(", ")} }` : "{}";
  }
  return String(value);
}

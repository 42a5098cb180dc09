import { Binary, Decimal128, ObjectId } from "bson";
import type { Value } from "../../bson/values";
import { asDouble, isInt32, isNumber, isTrue, toNumber, typeName } from "../../bson/values";
import { CommandError } from "../../errors";
import type { FunctionOperator } from "../operator";
import { isNullish, operator } from "../operator";

const cannot = (value: Value, to: string) =>
  new CommandError(241, `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`);
const failed = (value: string, to: string) =>
  new CommandError(241, `Failed to parse ${to} '${value}' in $convert with no onError value`);
const overflow = () => new CommandError(241, "Conversion would overflow target type in $convert with no onError value");

/** Text of a value as `$toString` makes it; undefined when the type has none. */
export function toText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (typeof value === "boolean" || value instanceof Decimal128) return value.toString();
  if (typeof value === "bigint") return value.toString();
  return isNumber(value) ? String(toNumber(value)) : undefined;
}

function toText241(value: Value): string {
  const text =
    toText(value) ?? (value instanceof Binary && value.sub_type === 4 ? value.toUUID().toString() : undefined);
  if (text === undefined) throw cannot(value, "string");
  return text;
}

function integer(value: Value, to: "int" | "long"): bigint {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "bigint") return value;
  if (value instanceof Date && to === "long") return BigInt(value.getTime());
  if (typeof value === "string") {
    if (!/^[+-]?\d+$/.test(value)) throw failed(value, "number");
    return BigInt(value);
  }
  if (!isNumber(value)) throw cannot(value, to);
  const number = Math.trunc(toNumber(value));
  if (!Number.isFinite(number)) throw overflow();
  return BigInt(number);
}

function toInt(value: Value): number {
  const number = Number(integer(value, "int"));
  if (!isInt32(number) && number !== 0) throw overflow();
  return number;
}

function toLong(value: Value): bigint {
  const long = integer(value, "long");
  if (BigInt.asIntN(64, long) !== long) throw overflow();
  return long;
}

function toDouble(value: Value): Value {
  if (typeof value === "boolean") return asDouble(value ? 1 : 0);
  if (value instanceof Date) return asDouble(value.getTime());
  if (typeof value === "string") {
    const number = Number(value);
    if (value.trim() === "" || Number.isNaN(number)) throw failed(value, "number");
    return asDouble(number);
  }
  if (!isNumber(value)) throw cannot(value, "double");
  return asDouble(toNumber(value));
}

function toDate(value: Value): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (typeof value === "string") {
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) throw failed(value, "date");
    return date;
  }
  if (typeName(value) !== "long" && typeName(value) !== "double") throw cannot(value, "date");
  return new Date(Math.trunc(toNumber(value)));
}

function toObjectId(value: Value): ObjectId {
  if (value instanceof ObjectId) return value;
  if (typeof value !== "string") throw cannot(value, "objectId");
  if (!/^[0-9a-fA-F]{24}$/.test(value)) throw failed(value, "objectId");
  return new ObjectId(value);
}

const nullable = (run: (value: Value) => Value): FunctionOperator =>
  operator(1, 1, ([value]) => (isNullish(value) ? null : run(value)));

export const convertOperators: Record<string, FunctionOperator> = {
  $type: operator(1, 1, ([value]) => typeName(value)),
  $toString: nullable(toText241),
  $toInt: nullable(toInt),
  $toLong: nullable(toLong),
  $toDouble: nullable(toDouble),
  $toBool: nullable((value) => (isNumber(value) ? isTrue(value) : value !== false)),
  $toDate: nullable(toDate),
  $toObjectId: nullable(toObjectId),
};

import { Decimal128, Double } from "bson";
import { notImplemented } from "../errors";
import type { Value } from "./values";
import { asDouble, isInt32, toNumber } from "./values";

const minLong = -(2n ** 63n);
const maxLong = 2n ** 63n - 1n;

/** Thrown when a sum or product leaves the int64 range. */
export class LongOverflow extends Error {}

const isDouble = (value: Value): boolean => value instanceof Double || (typeof value === "number" && !isInt32(value));

type Operation = "add" | "multiply" | "subtract";

const onDoubles: Record<Operation, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};
const onLongs: Record<Operation, (a: bigint, b: bigint) => bigint> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};

/**
 * Adds, subtracts or multiplies numbers with MongoDB's result types: a double makes a double, an int64 an int64; an
 * int32 that overflows becomes an int64.
 * @throws LongOverflow when an int64 overflows; CommandError 238 for decimals.
 */
export function calculate(operation: Operation, a: Value, b: Value): Value {
  if (a instanceof Decimal128 || b instanceof Decimal128) throw notImplemented("arithmetic on Decimal128");
  if (isDouble(a) || isDouble(b)) return asDouble(onDoubles[operation](toNumber(a), toNumber(b)));
  if (typeof a === "number" && typeof b === "number") {
    const result = onDoubles[operation](a, b);
    if (isInt32(result) || result === 0) return result === 0 ? 0 : result;
  }
  const result = onLongs[operation](BigInt(a as number | bigint), BigInt(b as number | bigint));
  if (result < minLong || result > maxLong) throw new LongOverflow();
  return result;
}

import { BSONRegExp } from "bson";
import type { CompareStrings } from "../bson/compare";
import { compare, equals } from "../bson/compare";
import { hashOf } from "../bson/keystring";
import type { Value } from "../bson/values";
import { isNumber, rankOf, toNumber, typeNumber, typeNumbers, Rank } from "../bson/values";
import { badValue, failedToParse } from "../errors";
import { regexOf } from "./regex";

/** Does one value satisfy the operator? (Arrays are unfolded by the caller.) */
export type Test = (value: Value) => boolean;

export function equalTo(operand: Value, strings?: CompareStrings): Test {
  if (operand instanceof BSONRegExp) return regexTest(operand);
  switch (typeof operand) {
    case "string":
      if (!strings) return (value) => value === operand;
      return (value) => typeof value === "string" && strings(value, operand) === 0;
    case "boolean":
      return (value) => value === operand;
  }
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined;
  return (value) => value !== undefined && equals(value, operand, strings);
}

export function regexTest(regex: BSONRegExp): Test {
  const compiled = regexOf(regex);
  return (value) =>
    typeof value === "string" ? compiled.test(value) : value instanceof BSONRegExp && equals(value, regex);
}

/** Comparisons hold within one type only; a missing value counts as null, NaN only equals NaN. */
export function ordered(accept: (order: number) => boolean, operand: Value, strings?: CompareStrings): Test {
  const rank = rankOf(operand);
  if (operand instanceof BSONRegExp) throw badValue("Can't have RegEx as arg to predicate over field");
  const orEqual = accept(0);
  if (rank === Rank.number) {
    if (Number.isNaN(toNumber(operand))) return (value) => orEqual && Number.isNaN(toNumber(value)) && isNumber(value);
    return (value) => isNumber(value) && !Number.isNaN(toNumber(value)) && accept(compare(value, operand));
  }
  if (rank === Rank.minKey || rank === Rank.maxKey)
    return (value) => value !== undefined && accept(compare(value, operand));
  return (value) => rankOf(value) === rank && accept(compare(value, operand, strings));
}

export function oneOf(operands: Value, strings?: CompareStrings): Test {
  if (!Array.isArray(operands)) throw badValue("$in needs an array");
  const tests: Test[] = [];
  const hashes = new Set<string>();
  for (const operand of operands as Value[]) {
    if (operand instanceof BSONRegExp || (strings && rankOf(operand) !== Rank.number))
      tests.push(equalTo(operand, strings));
    else hashes.add(hashOf(operand));
  }
  return (value) => (hashes.size > 0 && hashes.has(hashOf(value))) || tests.some((test) => test(value));
}

/** Type numbers asked for by `$type`; `number` stands for four. */
export function typesOf(operand: Value): Set<number> {
  const wanted = new Set<number>();
  const list = Array.isArray(operand) ? (operand as Value[]) : [operand];
  if (!list.length) throw failedToParse("$type must match at least one type");
  for (const item of list) {
    if (item === "number") for (const number of [1, 16, 18, 19]) wanted.add(number);
    else if (typeof item === "string") {
      const number = typeNumbers[item];
      if (number === undefined) throw badValue(`Unknown type name alias: ${item}`);
      wanted.add(number);
    } else {
      const number = toNumber(item);
      if (!Object.values(typeNumbers).includes(number)) throw badValue(`Invalid numerical type code: ${number}`);
      wanted.add(number);
    }
  }
  return wanted;
}

export function typeTest(operand: Value): Test {
  const wanted = typesOf(operand);
  return (value) => wanted.has(typeNumber(value));
}

export function modTest(operand: Value): Test {
  if (!Array.isArray(operand)) throw badValue("malformed mod, needs to be an array");
  const list = operand as Value[];
  if (list.length < 2) throw badValue("malformed mod, not enough elements");
  if (list.length > 2) throw badValue("malformed mod, too many elements");
  if (!isNumber(list[0])) throw badValue("malformed mod, divisor not a number");
  if (!isNumber(list[1])) throw badValue("malformed mod, remainder not a number");
  const divisor = Math.trunc(toNumber(list[0]));
  const remainder = Math.trunc(toNumber(list[1]));
  if (divisor === 0) throw badValue("divisor cannot be 0");
  return (value) => {
    if (typeof value === "bigint") return Number(value % BigInt(divisor)) === remainder;
    return isNumber(value) && Math.trunc(toNumber(value)) % divisor === remainder;
  };
}

/** `$bitsAllSet` and its three relatives over a mask or a list of bit positions. */
export function bitsTest(operator: string, operand: Value): Test {
  let mask = 0n;
  if (Array.isArray(operand)) for (const bit of operand as Value[]) mask |= 1n << BigInt(toNumber(bit));
  else {
    const number = toNumber(operand);
    if (!Number.isInteger(number) || number < 0) throw failedToParse(`Expected a non-negative integer in: ${operator}`);
    mask = typeof operand === "bigint" ? operand : BigInt(number);
  }
  return (value) => {
    if (!isNumber(value) || !Number.isInteger(toNumber(value))) return false;
    const bits = BigInt.asUintN(64, typeof value === "bigint" ? value : BigInt(toNumber(value))) & mask;
    if (operator === "$bitsAllSet") return bits === mask;
    if (operator === "$bitsAnySet") return bits !== 0n;
    return operator === "$bitsAllClear" ? bits === 0n : bits !== mask;
  };
}

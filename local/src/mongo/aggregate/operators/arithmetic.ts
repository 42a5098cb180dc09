import { Decimal128 } from "bson";
import { calculate, LongOverflow } from "../../bson/arithmetic";
import type { Value } from "../../bson/values";
import { asDouble, isNumber, toNumber, typeName } from "../../bson/values";
import { CommandError, notImplemented, typeMismatch } from "../../errors";
import type { FunctionOperator } from "../operator";
import { isNullish, operator } from "../operator";

function fold(name: "add" | "multiply", start: number) {
  return (args: Value[]): Value => {
    let date: Date | undefined;
    let result: Value = start;
    if (args.some(isNullish)) return null;
    for (const arg of args) {
      if (arg instanceof Date && name === "add") {
        if (date) throw new CommandError(16612, "only one date allowed in an $add expression");
        date = arg;
      } else if (!isNumber(arg)) {
        const takes = name === "add" ? "numeric or date types" : "numeric types";
        throw typeMismatch(`$${name} only supports ${takes}, not ${typeName(arg)}`);
      } else result = combine(name, result, arg);
    }
    return date ? new Date(date.getTime() + Math.round(toNumber(result))) : result;
  };
}

/** As `calculate`, but an int64 that overflows becomes a double, as in MongoDB's expressions. */
export function combine(name: "add" | "subtract" | "multiply", a: Value, b: Value): Value {
  try {
    return calculate(name, a, b);
  } catch (error) {
    if (!(error instanceof LongOverflow)) throw error;
    const [x, y] = [toNumber(a), toNumber(b)];
    return asDouble(name === "add" ? x + y : name === "subtract" ? x - y : x * y);
  }
}

function subtract([a, b]: Value[]): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return BigInt(a.getTime() - b.getTime());
    if (isNumber(b)) return new Date(a.getTime() - Math.round(toNumber(b)));
  }
  if (!isNumber(a) || !isNumber(b)) throw typeMismatch(`can't $subtract ${typeName(b)} from ${typeName(a)}`);
  return combine("subtract", a, b);
}

function numbers(name: string, args: Value[]): boolean {
  if (args.some(isNullish)) return false;
  for (const arg of args) {
    if (arg instanceof Decimal128) throw notImplemented(`${name} on Decimal128`);
    if (!isNumber(arg)) throw new CommandError(28765, `${name} only supports numeric types, not ${typeName(arg)}`);
  }
  return true;
}

const divide = ([a, b]: Value[]): Value => {
  if (!numbers("$divide", [a, b])) return null;
  if (toNumber(b) === 0) throw badDivisor("can't $divide by zero");
  return asDouble(toNumber(a) / toNumber(b));
};

const badDivisor = (message: string) => new CommandError(2, message);

const mod = ([a, b]: Value[]): Value => {
  if (!numbers("$mod", [a, b])) return null;
  if (toNumber(b) === 0) throw new CommandError(16610, "can't $mod by zero");
  if (typeof a === "bigint" || typeof b === "bigint") {
    if (typeName(a) !== "double" && typeName(b) !== "double") return BigInt(a as bigint) % BigInt(b as bigint);
  }
  const result = toNumber(a) % toNumber(b);
  return typeName(a) === "int" && typeName(b) === "int" ? result || 0 : asDouble(result);
};

/** Functions whose result keeps the type of an integral argument. */
const rounding = (name: string, onDouble: (n: number) => number): FunctionOperator =>
  operator(1, 1, ([value]) => {
    if (!numbers(name, [value])) return null;
    return typeName(value) === "double" ? asDouble(onDouble(toNumber(value))) : value;
  });

const real = (name: string, run: (n: number) => number): FunctionOperator =>
  operator(1, 1, ([value]) => (numbers(name, [value]) ? asDouble(run(toNumber(value))) : null));

/** Rounds at a decimal place; halves go to the even neighbour for $round. */
function atPlace(name: string, round: (n: number) => number): FunctionOperator {
  return operator(1, 2, ([value, place = 0]) => {
    if (!numbers(name, [value, place])) return null;
    const digits = toNumber(place);
    if (!Number.isInteger(digits) || digits < -20 || digits > 100) {
      throw new CommandError(51083, `cannot apply ${name} with precision value ${digits} value must be in [-20, 100]`);
    }
    if (typeName(value) !== "double" && digits >= 0) return value;
    const shifted = Number(`${toNumber(value)}e${digits}`);
    const result = Number.isFinite(shifted) ? Number(`${round(shifted)}e${-digits}`) : toNumber(value);
    if (typeName(value) === "long") return BigInt(result);
    return typeName(value) === "int" ? result : asDouble(result);
  });
}

const halfToEven = (n: number): number => {
  const floor = Math.floor(n);
  if (n - floor !== 0.5) return Math.round(n);
  return floor % 2 === 0 ? floor : floor + 1;
};

const absolute = ([value]: Value[]): Value => {
  if (!numbers("$abs", [value])) return null;
  return toNumber(value) < 0 ? combine("subtract", typeof value === "bigint" ? 0n : 0, value) : value;
};

const power = ([base, exponent]: Value[]): Value => {
  if (!numbers("$pow", [base, exponent])) return null;
  const result = toNumber(base) ** toNumber(exponent);
  if (typeName(base) === "double" || typeName(exponent) === "double" || toNumber(exponent) < 0) return asDouble(result);
  if (!Number.isSafeInteger(result)) return asDouble(result);
  return typeof base === "bigint" || typeof exponent === "bigint" || Math.abs(result) > 0x7fffffff
    ? BigInt(result)
    : result;
};

export const arithmeticOperators: Record<string, FunctionOperator> = {
  $add: operator(1, Infinity, fold("add", 0)),
  $multiply: operator(1, Infinity, fold("multiply", 1)),
  $subtract: operator(2, 2, subtract),
  $divide: operator(2, 2, divide),
  $mod: operator(2, 2, mod),
  $abs: operator(1, 1, absolute),
  $pow: operator(2, 2, power),
  $ceil: rounding("$ceil", Math.ceil),
  $floor: rounding("$floor", Math.floor),
  $round: atPlace("$round", halfToEven),
  $trunc: atPlace("$trunc", Math.trunc),
  $sqrt: real("$sqrt", Math.sqrt),
  $exp: real("$exp", Math.exp),
  $ln: real("$ln", Math.log),
  $log10: real("$log10", Math.log10),
  $log: operator(2, 2, ([value, base]) =>
    numbers("$log", [value, base]) ? asDouble(Math.log(toNumber(value)) / Math.log(toNumber(base))) : null,
  ),
};

import { compare } from "../../bson/compare";
import type { CompareStrings } from "../../bson/compare";
import type { Value } from "../../bson/values";
import { asDouble, isNumber, toNumber } from "../../bson/values";
import type { FunctionOperator } from "../operator";
import { isNullish, operator } from "../operator";
import { combine } from "./arithmetic";

/** Sum of the numbers among the values; 0 for none. */
export const sum = (values: Iterable<Value>): Value => {
  let total: Value = 0;
  for (const value of values) if (isNumber(value)) total = combine("add", total, value);
  return total;
};

/** Mean of the numbers among the values, a double; null for none. */
export function average(values: Iterable<Value>): Value {
  let count = 0;
  let total = 0;
  for (const value of values) {
    if (!isNumber(value)) continue;
    total += toNumber(value);
    count++;
  }
  return count ? asDouble(total / count) : null;
}

/** Greatest (sign 1) or smallest (-1) of the values, leaving out null and missing ones; null for none. */
export function extreme(values: Iterable<Value>, sign: 1 | -1, strings?: CompareStrings): Value {
  let best: Value = null;
  for (const value of values) {
    if (isNullish(value)) continue;
    if (best === null || compare(value, best, strings) * sign > 0) best = value;
  }
  return best;
}

/** One argument that is an array stands for its elements. */
const spread = (args: Value[]): Value[] => (args.length === 1 && Array.isArray(args[0]) ? (args[0] as Value[]) : args);

export const accumulateOperators: Record<string, FunctionOperator> = {
  $sum: operator(0, Infinity, (args) => sum(spread(args))),
  $avg: operator(0, Infinity, (args) => average(spread(args))),
  $max: operator(0, Infinity, (args, strings) => extreme(spread(args), 1, strings)),
  $min: operator(0, Infinity, (args, strings) => extreme(spread(args), -1, strings)),
};

import { Context, evalExpr } from "mingo/core";
import * as mingoDates from "mingo/operators/expression/date";
import { $literal } from "mingo/operators/expression";
import type { Doc, Value } from "../../bson/values";
import { isDoc, isNumber, toNumber } from "../../bson/values";
import { CommandError } from "../../errors";
import type { CompileOperator, Evaluate } from "../operator";

// Dates are mingo's: their arguments are evaluated here and handed over as literals.
const context = Context.init({ expression: { ...mingoDates, $literal } });
const options = {
  idKey: "_id",
  context,
  processingMode: 0,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
};

const plain = (value: Value): Value => (isNumber(value) ? toNumber(value) : value);

/** Runs one of mingo's date operators on values already worked out. */
function run(name: string, argument: Value): Value {
  try {
    const result = evalExpr({}, { [name]: argument }, options);
    return name === "$dateDiff" && typeof result === "number" ? BigInt(result) : result; // an int64 in MongoDB
  } catch (error) {
    throw new CommandError(16006, `${name}: ${(error as Error).message}`);
  }
}

const wrap = (value: Value): Value => ({ $literal: plain(value) });

const dateOperator: CompileOperator = (argument, { compile }, name) => {
  if (isDoc(argument) && !Object.keys(argument)[0]?.startsWith("$")) {
    const parts = Object.entries(argument).map(([key, value]): [string, Evaluate] => [key, compile(value)]);
    return (scope) => {
      const values = parts.map(([key, value]): [string, Value] => [key, value(scope)]);
      const nulls = values.some(([key, value]) => (value === null || value === undefined) && key !== "onNull");
      if (nulls) return values.find(([key]) => key === "onNull")?.[1] ?? null;
      const literals: Doc = Object.fromEntries(values.map(([key, value]) => [key, wrap(value)]));
      return run(name, literals);
    };
  }
  const list = Array.isArray(argument) ? (argument as Value[]) : [argument];
  const value = compile(list.length === 1 ? list[0] : argument);
  return (scope) => {
    const date = value(scope);
    return date === null || date === undefined ? null : run(name, wrap(date));
  };
};

export const dateCompilers: Record<string, CompileOperator> = Object.fromEntries(
  Object.keys(mingoDates).map((name) => [name, dateOperator]),
);

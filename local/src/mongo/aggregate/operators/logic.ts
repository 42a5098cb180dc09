import { compare } from "../../bson/compare";
import { rankOf, isTrue } from "../../bson/values";
import type { Doc, Value } from "../../bson/values";
import { isDoc } from "../../bson/values";
import { CommandError } from "../../errors";
import type { CompileOperator, FunctionOperator } from "../operator";
import { isNullish, operator } from "../operator";

const comparison = (accept: (order: number) => Value): FunctionOperator =>
  operator(2, 2, ([a, b], strings) => accept(compareWithMissing(a, b, strings)));

/** In expressions a missing value is below null, not equal to it. */
function compareWithMissing(a: Value, b: Value, strings: Parameters<FunctionOperator["run"]>[1]): number {
  if (a === undefined || b === undefined) {
    if (a === b) return 0;
    const other = a === undefined ? b : a;
    const below = rankOf(other) > 1 ? -1 : 1; // only MinKey is below a missing value
    return a === undefined ? below : -below;
  }
  return compare(a, b, strings);
}

const cond: CompileOperator = (argument, context) => {
  const parts = Array.isArray(argument) ? (argument as Value[]) : undefined;
  if (parts && parts.length !== 3) {
    throw new CommandError(16020, `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`);
  }
  const named = (parts ? { if: parts[0], then: parts[1], else: parts[2] } : argument) as Doc;
  for (const name of ["if", "then", "else"]) {
    if (!isDoc(named) || !(name in named)) throw new CommandError(17080, `Missing '${name}' parameter to $cond`);
  }
  const unknown = Object.keys(named).find((name) => !["if", "then", "else"].includes(name));
  if (unknown) throw new CommandError(17083, `Unrecognized parameter to $cond: ${unknown}`);
  const [test, yes, no] = [context.compile(named.if), context.compile(named.then), context.compile(named.else)];
  return (scope) => (isTrue(test(scope)) ? yes(scope) : no(scope));
};

const choose: CompileOperator = (argument, context) => {
  if (!isDoc(argument)) throw new CommandError(40060, "$switch requires an object as an argument");
  if (!Array.isArray(argument.branches) || !argument.branches.length) {
    throw new CommandError(40068, "$switch requires at least one branch.");
  }
  const branches = (argument.branches as Doc[]).map((branch) => ({
    test: context.compile(branch.case),
    value: context.compile(branch.then),
  }));
  const fallback = "default" in argument ? context.compile(argument.default) : undefined;
  return (scope) => {
    for (const { test, value } of branches) if (isTrue(test(scope))) return value(scope);
    if (!fallback) {
      throw new CommandError(
        40066,
        "$switch could not find a matching branch for an input, and no default was specified.",
      );
    }
    return fallback(scope);
  };
};

/** `$and` and `$or` stop at the first argument that decides. */
const decidedBy =
  (decisive: boolean): CompileOperator =>
  (argument, context) => {
    const parts = (Array.isArray(argument) ? (argument as Value[]) : [argument]).map((part) => context.compile(part));
    return (scope) => (parts.some((part) => isTrue(part(scope)) === decisive) ? decisive : !decisive);
  };

export const logicOperators: Record<string, FunctionOperator> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison((order) => Math.sign(order)),
  $not: operator(1, 1, ([value]) => !isTrue(value)),
  $ifNull: operator(2, Infinity, (args) => args.find((arg, i) => i === args.length - 1 || !isNullish(arg))),
};

export const logicCompilers: Record<string, CompileOperator> = {
  $cond: cond,
  $switch: choose,
  $and: decidedBy(false),
  $or: decidedBy(true),
};

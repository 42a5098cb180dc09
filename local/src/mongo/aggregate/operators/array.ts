import { compare, equals } from "../../bson/compare";
import { hashOf } from "../../bson/keystring";
import type { Doc, Value } from "../../bson/values";
import { isDoc, isNumber, isTrue, toNumber, typeName } from "../../bson/values";
import { CommandError } from "../../errors";
import { parseOrder } from "../../query/order";
import { sortBy } from "../../query/sort";
import type { CompileContext, CompileOperator, Evaluate, FunctionOperator } from "../operator";
import { isNullish, operator } from "../operator";

function asArray(name: string, code: number, value: Value): Value[] {
  if (!Array.isArray(value))
    throw new CommandError(code, `The argument to ${name} must be an array, but was of type: ${typeName(value)}`);
  return value as Value[];
}

function elementAt(list: Value, position: number): Value {
  if (isNullish(list)) return null;
  const items = asArray("$arrayElemAt", 28689, list);
  return items[position < 0 ? items.length + position : position];
}

/** `input`, the variable's name and the body of $map, $filter and $reduce. */
function bound(
  argument: Value,
  context: CompileContext,
  name: string,
  body: string,
): { input: Evaluate; as: string; each: Evaluate } {
  if (!isDoc(argument)) throw new CommandError(16878, `${name} only supports an object as its argument`);
  if (!("input" in argument)) throw new CommandError(16880, `Missing 'input' parameter to ${name}`);
  if (!(body in argument)) throw new CommandError(16882, `Missing '${body}' parameter to ${name}`);
  const allowed = new Set(["input", "as", body, ...(name === "$filter" ? ["limit"] : [])]);
  const unknown = Object.keys(argument).find((key) => !allowed.has(key));
  if (unknown) throw new CommandError(16879, `Unrecognized parameter to ${name}: ${unknown}`);
  const as = typeof argument.as === "string" ? argument.as : "this";
  return {
    input: context.compile(argument.input),
    as,
    each: context.compile(argument[body], new Set([...context.names, as])),
  };
}

const map: CompileOperator = (argument, context) => {
  const { input, as, each } = bound(argument, context, "$map", "in");
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    return asArray("$map", 16883, list).map(
      (item) => each({ ...scope, variables: { ...scope.variables, [as]: item } }) ?? null,
    );
  };
};

const filter: CompileOperator = (argument, context) => {
  const { input, as, each } = bound(argument, context, "$filter", "cond");
  const limit = isDoc(argument) && "limit" in argument ? context.compile(argument.limit) : undefined;
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    const most = limit ? toNumber(limit(scope)) : Infinity;
    const kept = asArray("$filter", 28651, list).filter((item) =>
      isTrue(each({ ...scope, variables: { ...scope.variables, [as]: item } })),
    );
    return kept.slice(0, most);
  };
};

const reduce: CompileOperator = (argument, context) => {
  if (!isDoc(argument)) throw new CommandError(40075, "$reduce requires an object as an argument");
  for (const name of ["input", "initialValue", "in"]) {
    if (!(name in argument)) throw new CommandError(40079, `$reduce requires '${name}' to be specified`);
  }
  const input = context.compile(argument.input);
  const initial = context.compile(argument.initialValue);
  const body = context.compile(argument.in, new Set([...context.names, "this", "value"]));
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    return asArray("$reduce", 40080, list).reduce<Value>(
      (value, item) => body({ ...scope, variables: { ...scope.variables, this: item, value } }),
      initial(scope),
    );
  };
};

const sortArray: CompileOperator = (argument, context) => {
  if (!isDoc(argument) || !("input" in argument) || !("sortBy" in argument)) {
    throw new CommandError(2942500, "$sortArray requires 'input' and 'sortBy'");
  }
  const input = context.compile(argument.input);
  const byValue = !isDoc(argument.sortBy);
  const order = parseOrder(byValue ? { v: argument.sortBy } : argument.sortBy) ?? [];
  const docOf = (item: Value): Doc => (byValue ? { v: Array.isArray(item) ? [item] : item } : isDoc(item) ? item : {});
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    return sortBy(asArray("$sortArray", 2942504, list), order, docOf, { strings: context.strings });
  };
};

function slice([list, first, second]: Value[]): Value {
  if (isNullish(list) || isNullish(first)) return null;
  const items = asArray("$slice", 28724, list);
  const start = toNumber(first);
  if (second === undefined) return start >= 0 ? items.slice(0, start) : items.slice(start);
  const count = toNumber(second);
  if (count <= 0) throw new CommandError(28729, `Third argument to $slice must be positive: ${count}`);
  const from = start >= 0 ? start : Math.max(0, items.length + start);
  return items.slice(from, from + count);
}

function range([from, to, step = 1]: Value[]): Value {
  const [start, end, by] = [toNumber(from), toNumber(to), toNumber(step)];
  if (![start, end, by].every(Number.isInteger)) throw new CommandError(34443, "$range requires integers");
  if (by === 0) throw new CommandError(34449, "$range requires a non-zero step value");
  if (Math.abs((end - start) / by) > 1_000_000) throw new CommandError(34450, "$range is too large");
  const list: number[] = [];
  for (let n = start; by > 0 ? n < end : n > end; n += by) list.push(n);
  return list;
}

function arrayToObject([list]: Value[]): Value {
  if (isNullish(list)) return null;
  const doc: Doc = {};
  for (const item of asArray("$arrayToObject", 40386, list)) {
    const [key, value] = Array.isArray(item) ? (item as Value[]) : isDoc(item) ? [item.k, item.v] : [];
    if (typeof key !== "string") throw new CommandError(40394, "$arrayToObject requires keys of type string");
    doc[key] = value;
  }
  return doc;
}

const unique = (items: Value[]): Value[] =>
  [...new Map(items.map((item) => [hashOf(item), item])).values()].sort((a, b) => compare(a, b));

function sets(name: string, args: Value[]): Value[][] {
  return args.map((arg) => asArray(name, 17041, arg));
}

const setOperator = (name: string, run: (sets: Value[][]) => Value, nullable: boolean): FunctionOperator =>
  operator(2, Infinity, (args) => (nullable && args.some(isNullish) ? null : run(sets(name, args))));

const within = (list: Value[]) => {
  const hashes = new Set(list.map(hashOf));
  return (item: Value) => hashes.has(hashOf(item));
};

export const arrayOperators: Record<string, FunctionOperator> = {
  $size: operator(1, 1, ([list]) => asArray("$size", 17124, list).length),
  $isArray: operator(1, 1, ([list]) => Array.isArray(list)),
  $arrayElemAt: operator(2, 2, ([list, at]) => (isNullish(at) ? null : elementAt(list, toNumber(at)))),
  $first: operator(1, 1, ([list]) => elementAt(list, 0)),
  $last: operator(1, 1, ([list]) => elementAt(list, -1)),
  $slice: operator(2, 3, slice),
  $range: operator(2, 3, range),
  $in: operator(2, 2, ([item, list], strings) => {
    if (!Array.isArray(list))
      throw new CommandError(40081, `$in requires an array as a second argument, found: ${typeName(list)}`);
    return (list as Value[]).some((one) => equals(one, item, strings));
  }),
  $indexOfArray: operator(2, 4, ([list, item, from = 0, to = Infinity], strings) => {
    if (isNullish(list)) return null;
    const end = to === Infinity ? Infinity : toNumber(to);
    const items = asArray("$indexOfArray", 40090, list);
    return items.findIndex((one, i) => i >= toNumber(from) && i < end && equals(one, item, strings));
  }),
  $concatArrays: operator(0, Infinity, (args) =>
    args.some(isNullish) ? null : args.flatMap((arg) => asArray("$concatArrays", 28664, arg)),
  ),
  $reverseArray: operator(1, 1, ([list]) =>
    isNullish(list) ? null : [...asArray("$reverseArray", 34435, list)].reverse(),
  ),
  $arrayToObject: operator(1, 1, arrayToObject),
  $setUnion: setOperator("$setUnion", (all) => unique(all.flat()), true),
  $setIntersection: setOperator(
    "$setIntersection",
    ([first = [], ...rest]) => unique(first.filter((item) => rest.every((list) => within(list)(item)))),
    true,
  ),
  $setDifference: setOperator(
    "$setDifference",
    ([a = [], b = []]) => unique(a.filter((item) => !within(b)(item))),
    true,
  ),
  $setEquals: setOperator(
    "$setEquals",
    ([first = [], ...rest]) => rest.every((list) => equals(unique(first), unique(list))),
    false,
  ),
  $setIsSubset: setOperator("$setIsSubset", ([a = [], b = []]) => a.every(within(b)), false),
  $anyElementTrue: operator(1, 1, ([list]) => asArray("$anyElementTrue", 17041, list).some(isTrue)),
  $allElementsTrue: operator(1, 1, ([list]) => asArray("$allElementsTrue", 17040, list).every(isTrue)),
  $isNumber: operator(1, 1, ([value]) => isNumber(value)),
};

export const arrayCompilers: Record<string, CompileOperator> = {
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $sortArray: sortArray,
};

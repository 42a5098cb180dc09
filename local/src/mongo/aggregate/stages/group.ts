import { compare, equals } from "../../bson/compare";
import { hashOf } from "../../bson/keystring";
import type { Doc, Value } from "../../bson/values";
import { asDouble, isDoc, isNumber, toNumber } from "../../bson/values";
import { CommandError, notImplemented } from "../../errors";
import { average, extreme, sum } from "../operators/accumulate";
import type { PipelineScope, StageCompiler } from "../stage";
import { expressionIn } from "../stage";
import { isNullish } from "../operator";

/** Reduces the values of a group, in the order of its documents. */
type Accumulator = (values: Value[], scope: PipelineScope) => Value;

function standardDeviation(values: Value[], sample: boolean): Value {
  const numbers = values.filter(isNumber).map(toNumber);
  if (numbers.length < (sample ? 2 : 1)) return null;
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const squares = numbers.reduce((total, n) => total + (n - mean) ** 2, 0);
  return asDouble(Math.sqrt(squares / (numbers.length - Number(sample))));
}

function distinctValues(values: Value[], { strings }: PipelineScope): Value[] {
  const seen = new Map<string, Value>();
  for (const value of values) {
    if (value === undefined) continue;
    if (strings && [...seen.values()].some((other) => equals(other, value, strings))) continue;
    const hash = hashOf(value);
    if (!seen.has(hash)) seen.set(hash, value);
  }
  return [...seen.values()];
}

const accumulators: Record<string, Accumulator> = {
  $sum: (values) => sum(values),
  $avg: (values) => average(values),
  $max: (values, { strings }) => extreme(values, 1, strings),
  $min: (values, { strings }) => extreme(values, -1, strings),
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: (values) => values.filter((value) => value !== undefined),
  $addToSet: distinctValues,
  $count: (values) => values.length,
  $mergeObjects: (values) => Object.assign({}, ...values.filter((value) => !isNullish(value))) as Doc,
  $stdDevPop: (values) => standardDeviation(values, false),
  $stdDevSamp: (values) => standardDeviation(values, true),
};
/** Accumulators of MongoDB this server does not have. */
const refused = new Set([
  "$accumulator",
  "$bottom",
  "$bottomN",
  "$firstN",
  "$lastN",
  "$maxN",
  "$minN",
  "$top",
  "$topN",
  "$median",
  "$percentile",
]);

interface Field {
  name: string;
  evaluate: (doc: Doc) => Value;
  accumulate: Accumulator;
}

function fieldOf(name: string, spec: Value, scope: PipelineScope): Field {
  if (name.includes(".")) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
  const entries = isDoc(spec) ? Object.entries(spec) : [];
  const [entry] = entries;
  if (!entry?.[0].startsWith("$")) throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
  if (entries.length > 1) throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
  if (refused.has(entry[0])) throw notImplemented(entry[0]);
  const accumulate = accumulators[entry[0]];
  if (!accumulate) throw new CommandError(15952, `unknown group operator '${entry[0]}'`);
  return { name, evaluate: entry[0] === "$count" ? () => 1 : expressionIn(scope, entry[1]), accumulate };
}

const group: StageCompiler = (argument, scope) => {
  if (!isDoc(argument)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!("_id" in argument)) throw new CommandError(15955, "a group specification must include an _id");
  const { _id, ...rest } = argument;
  const keyOf = expressionIn(scope, _id);
  const fields = Object.entries(rest).map(([name, spec]) => fieldOf(name, spec, scope));
  return function* (docs) {
    const groups = new Map<string, { key: Value; values: Value[][] }>();
    for (const doc of docs) {
      const key = keyOf(doc) ?? null;
      const hash = groupHash(groups, key, scope);
      let found = groups.get(hash);
      if (!found) groups.set(hash, (found = { key, values: fields.map(() => []) }));
      for (const [i, field] of fields.entries()) found.values[i]?.push(field.evaluate(doc));
    }
    for (const { key, values } of groups.values()) {
      const result: Doc = { _id: key };
      for (const [i, field] of fields.entries()) result[field.name] = field.accumulate(values[i] ?? [], scope);
      yield result;
    }
  };
};

/** Equal strings of a collation belong to one group. */
function groupHash(groups: ReadonlyMap<string, { key: Value }>, key: Value, { strings }: PipelineScope): string {
  if (strings) for (const [hash, { key: other }] of groups) if (equals(other, key, strings)) return hash;
  return hashOf(key);
}

const count: StageCompiler = (argument) => {
  if (typeof argument !== "string" || !argument || argument.startsWith("$") || argument.includes(".")) {
    throw new CommandError(40156, "the count field must be a non-empty string without '$' and '.'");
  }
  return function* (docs) {
    let total = 0;
    for (const _doc of docs) total++;
    if (total) yield { [argument]: total };
  };
};

const sortByCount: StageCompiler = (argument, scope) => {
  const grouped = group({ _id: argument, count: { $sum: 1 } }, scope);
  return (docs) => [...grouped(docs)].sort((a, b) => compare(b.count, a.count));
};

/** `$bucket` as the groups it is made of. */
const bucket: StageCompiler = (argument, scope) => {
  if (!isDoc(argument) || !Array.isArray(argument.boundaries) || argument.boundaries.length < 2) {
    throw new CommandError(40192, "The $bucket 'boundaries' field must be an array of at least 2 values");
  }
  const bounds = argument.boundaries as Value[];
  if (bounds.some((bound, i) => i > 0 && compare(bounds[i - 1], bound) >= 0)) {
    throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  }
  const valueOf = expressionIn(scope, argument.groupBy);
  const output = isDoc(argument.output) ? argument.output : { count: { $sum: 1 } };
  const fields = Object.entries(output).map(([name, spec]) => fieldOf(name, spec, scope));
  return function* (docs) {
    const groups = new Map<Value, Value[][]>();
    for (const doc of docs) {
      const value = valueOf(doc);
      const at = bounds.findLastIndex((bound) => compare(value, bound) >= 0);
      const inside = at >= 0 && at < bounds.length - 1;
      if (!inside && !("default" in argument)) {
        throw new CommandError(
          40066,
          "$switch could not find a matching branch for an input, and no default was specified.",
        );
      }
      const key = inside ? bounds[at] : argument.default;
      const found = groups.get(key) ?? fields.map(() => []);
      groups.set(key, found);
      for (const [i, field] of fields.entries()) found[i]?.push(field.evaluate(doc));
    }
    for (const key of [...groups.keys()].sort((a, b) => compare(a, b))) {
      const result: Doc = { _id: key };
      for (const [i, field] of fields.entries())
        result[field.name] = field.accumulate(groups.get(key)?.[i] ?? [], scope);
      yield result;
    }
  };
};

export const groupStages: Record<string, StageCompiler> = {
  $group: group,
  $count: count,
  $sortByCount: sortByCount,
  $bucket: bucket,
};

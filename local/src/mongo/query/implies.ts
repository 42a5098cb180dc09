import { compare } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { rankOf, Rank } from "../bson/values";
import type { Index } from "../catalog";
import type { Constraint } from "./constraints";
import { analyse } from "./constraints";
import { compileFilter } from "./matcher";

const isMissing = (value: Value): boolean => rankOf(value) === Rank.null;

/** Does the constraint leave out documents that lack the field? */
function requiresField(constraint: Constraint): boolean {
  switch (constraint.kind) {
    case "equal":
      return !isMissing(constraint.value);
    case "in":
      return !constraint.values.some(isMissing);
    default:
      return true;
  }
}

/** Does `held` being true of a document make `wanted` true as well? Both speak of the same path. */
function impliesOne(held: Constraint, wanted: Constraint): boolean {
  if (wanted.kind === "exists") return requiresField(held);
  const satisfies = predicateOf(wanted);
  switch (held.kind) {
    case "equal":
      return satisfies(held.value);
    case "in":
      return held.values.every(satisfies);
    case "range":
      return wanted.kind === "range" && rangeWithin(held, wanted);
    case "type":
      return wanted.kind === "type" && compare(held.operand, wanted.operand) === 0;
    default:
      return false;
  }
}

function predicateOf(wanted: Constraint): (value: Value) => boolean {
  const condition: Doc = {};
  if (wanted.kind === "equal") condition.$eq = wanted.value;
  if (wanted.kind === "in") condition.$in = wanted.values;
  if (wanted.kind === "type") condition.$type = wanted.operand;
  if (wanted.kind === "range") {
    if (wanted.low) condition[wanted.low.inclusive ? "$gte" : "$gt"] = wanted.low.value;
    if (wanted.high) condition[wanted.high.inclusive ? "$lte" : "$lt"] = wanted.high.value;
  }
  const matches = compileFilter({ v: condition });
  return (value) => matches({ v: value });
}

type Range = Extract<Constraint, { kind: "range" }>;

function rangeWithin(held: Range, wanted: Range): boolean {
  if (wanted.low) {
    if (!held.low || rankOf(held.low.value) !== rankOf(wanted.low.value)) return false;
    const order = compare(held.low.value, wanted.low.value);
    if (order < 0 || (order === 0 && held.low.inclusive && !wanted.low.inclusive)) return false;
  }
  if (wanted.high) {
    if (!held.high || rankOf(held.high.value) !== rankOf(wanted.high.value)) return false;
    const order = compare(held.high.value, wanted.high.value);
    if (order > 0 || (order === 0 && held.high.inclusive && !wanted.high.inclusive)) return false;
  }
  return true;
}

/**
 * May an index that leaves documents out answer the filter? A sparse one when the filter requires one of its fields, a
 * partial one when the filter implies each of its conditions.
 */
export function isComplete(index: Index, constraints: readonly Constraint[]): boolean {
  if (index.sparse) {
    const names = new Set(index.fields.map((field) => field.name));
    if (!constraints.some((one) => names.has(one.path) && requiresField(one))) return false;
  }
  if (!index.partialFilter) return true;
  const wanted = analyse(index.partialFilter);
  if (wanted.clauses !== wanted.constraints.length) return false; // a condition this planner does not understand
  return wanted.constraints.every((one) => constraints.some((held) => held.path === one.path && impliesOne(held, one)));
}

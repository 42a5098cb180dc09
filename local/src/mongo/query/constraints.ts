import { BSONRegExp } from "bson";
import type { Doc, Value } from "../bson/values";
import { isDoc, isNumber, isOperators, isTrue, rankOf, Rank, toNumber } from "../bson/values";

/** One end of a range. */
export interface End {
  value: Value;
  inclusive: boolean;
}

/** What a filter says about one path, as far as an index can use it. */
export type Constraint = { path: string; /** Bounds made of it accept no other document. */ exact: boolean } & (
  | { kind: "equal"; value: Value }
  | { kind: "in"; values: Value[] }
  | { kind: "range"; low?: End; high?: End }
  | { kind: "exists" }
  | { kind: "type"; operand: Value }
);

/** A filter taken apart: its usable constraints, and how many clauses it has in all. */
export interface Analysis {
  constraints: Constraint[];
  clauses: number;
}

const isKeyable = (value: Value): boolean =>
  !Array.isArray(value) && !(value instanceof BSONRegExp) && !isOperators(value) && value !== undefined;

/** Ranges over these types follow the order of keys one to one. */
const rangeRanks: ReadonlySet<number> = new Set([
  Rank.number,
  Rank.string,
  Rank.objectId,
  Rank.boolean,
  Rank.date,
  Rank.timestamp,
  Rank.binary,
]);

function equal(path: string, value: Value): Constraint | undefined {
  return isKeyable(value) ? { path, kind: "equal", value, exact: rankOf(value) !== Rank.null } : undefined;
}

function range(path: string, operator: string, value: Value): Constraint | undefined {
  if (!rangeRanks.has(rankOf(value)) || (isNumber(value) && Number.isNaN(toNumber(value)))) return undefined;
  const end = { value, inclusive: operator.length === 4 };
  return operator.startsWith("$g")
    ? { path, kind: "range", low: end, exact: true }
    : { path, kind: "range", high: end, exact: true };
}

function constraintOf(path: string, operator: string, operand: Value): Constraint | undefined {
  switch (operator) {
    case "$eq":
      return equal(path, operand);
    case "$in":
      if (!Array.isArray(operand) || !(operand as Value[]).every(isKeyable)) return undefined;
      return {
        path,
        kind: "in",
        values: operand as Value[],
        exact: !(operand as Value[]).some((value) => rankOf(value) === Rank.null),
      };
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      return range(path, operator, operand);
    case "$exists":
      return isTrue(operand) ? { path, kind: "exists", exact: false } : undefined;
    case "$type":
      return { path, kind: "type", operand, exact: false };
    case "$all": {
      const [first] = Array.isArray(operand) ? (operand as Value[]) : [];
      const only = equal(path, first);
      return only && { ...only, exact: false };
    }
    default:
      return undefined;
  }
}

/**
 * What `$elemMatch` with operators says: one element meets them all, so its two ends bound one key even where the path is
 * an array. Not exact: a document that holds a single value, not an array, has the key and does not match.
 */
function elementConstraints(path: string, operators: Doc): Constraint[] {
  const parts = Object.entries(operators).flatMap(([operator, operand]) => constraintOf(path, operator, operand) ?? []);
  const points = parts.filter((part) => part.kind === "equal" || part.kind === "in");
  const lows = parts.flatMap((part) => (part.kind === "range" && part.low ? [part.low] : []));
  const highs = parts.flatMap((part) => (part.kind === "range" && part.high ? [part.high] : []));
  const [low, high] = [lows[0], highs[0]];
  const sameType = !low || !high || rankOf(low.value) === rankOf(high.value);
  const range: Constraint[] =
    (low || high) && sameType
      ? [{ path, kind: "range", exact: false, ...(low && { low }), ...(high && { high }) }]
      : [];
  return [...points.map((part) => ({ ...part, exact: false })), ...range];
}

/** Takes a filter apart. Only what must hold for every match becomes a constraint. */
export function analyse(filter: Doc): Analysis {
  const analysis: Analysis = { constraints: [], clauses: 0 };
  collect(filter, "", true, analysis);
  return analysis;
}

function collect(filter: Doc, prefix: string, exact: boolean, into: Analysis): void {
  const add = (constraint: Constraint | undefined) => {
    into.clauses++;
    if (constraint) into.constraints.push(exact ? constraint : { ...constraint, exact: false });
  };
  for (const [field, condition] of Object.entries(filter)) {
    if (field === "$and" && Array.isArray(condition)) {
      for (const clause of condition as Value[]) if (isDoc(clause)) collect(clause, prefix, exact, into);
    } else if (field === "$comment") continue;
    else if (field.startsWith("$")) into.clauses++;
    else if (!isOperators(condition)) add(equal(prefix + field, condition));
    else
      for (const [operator, operand] of Object.entries(condition)) {
        if (operator === "$comment") continue;
        add(constraintOf(prefix + field, operator, operand));
        // what holds for one element holds for the path through the array
        if (operator !== "$elemMatch" || !isDoc(operand)) continue;
        if (isOperators(operand)) into.constraints.push(...elementConstraints(prefix + field, operand));
        else collect(operand, `${prefix}${field}.`, false, into);
      }
  }
}

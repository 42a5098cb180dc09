import type { CompareStrings } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { isDoc, rankOf, Rank, toNumber } from "../bson/values";
import type { Collection, Index, IndexField } from "../catalog";
import type { Interval } from "./bounds";
import { extendAll, intersect, intervalOf, intervalWithin } from "./bounds";
import type { Analysis, Constraint } from "./constraints";
import { analyse } from "./constraints";
import { isComplete } from "./implies";
import type { OrderBy } from "./order";
import { orderFrom } from "./order";

/** How an index is read. */
export interface IndexPlan {
  kind: "index";
  index: Index;
  primary: boolean;
  intervals: Interval[];
  reverse: boolean;
  /** The keys come in the order asked for. */
  ordered: boolean;
  /** The order holds within each interval only: they are merged. */
  merge: boolean;
  /** Each interval is one key, of an index without duplicates. */
  points: boolean;
  /** A document may come more than once. */
  repeats: boolean;
  /** Every document found matches the filter: it needs no second look. */
  exact: boolean;
  score: number;
}

export interface CollectionPlan {
  kind: "collection";
  reverse: boolean;
  ordered: false;
}

/** The branches of an `$or`, each by its index. */
export interface UnionPlan {
  kind: "union";
  branches: IndexPlan[];
  ordered: false;
}

export type Plan = IndexPlan | CollectionPlan | UnionPlan;

/** Most intervals a plan may have: more values of `$in` are cheaper filtered. */
const maxIntervals = 1000;

interface Bounds {
  intervals: Interval[];
  /** Leading fields bound to single values, then those bound to lists. */
  bound: Map<string, "equal" | "in">;
  used: Set<Constraint>;
  range: boolean;
  complete: boolean;
}

const isString = (value: Value): boolean => rankOf(value) === Rank.string || rankOf(value) === Rank.object;

/** A collation orders strings in its own way, keys are by bytes. */
function usable(constraint: Constraint, strings: CompareStrings | undefined): boolean {
  if (!strings) return true;
  if (constraint.kind === "equal") return !isString(constraint.value);
  if (constraint.kind === "in") return !constraint.values.some(isString);
  return constraint.kind === "range" && !isString((constraint.low ?? constraint.high)?.value);
}

const isArrayField = (index: Index, i: number): boolean => (index.arrayFields & (1 << i)) !== 0;

/** Bounds on two fields below one array may be met by two different elements, which no single key shows. */
function sharesArray(index: Index, i: number): boolean {
  const root = index.fields[i]?.path[0];
  return isArrayField(index, i) && index.fields.some((field, j) => j < i && field.path[0] === root);
}

function boundsOf(index: Index, analysis: Analysis, strings: CompareStrings | undefined): Bounds {
  let prefixes = [index.prefix];
  const bounds: Bounds = { intervals: [], bound: new Map(), used: new Set(), range: false, complete: false };
  for (const [i, field] of index.fields.entries()) {
    if (sharesArray(index, i)) break;
    const own = analysis.constraints.filter((one) => one.path === field.name && usable(one, strings));
    const point = own.find((one) => one.kind === "equal") ?? own.find((one) => one.kind === "in");
    const values = point?.kind === "equal" ? [point.value] : point?.kind === "in" ? point.values : undefined;
    if (point && values && values.length * prefixes.length <= maxIntervals) {
      prefixes = extendAll(prefixes, values, field.descending);
      bounds.used.add(point);
      bounds.bound.set(field.name, values.length === 1 ? "equal" : "in");
      continue;
    }
    const ranges = own.filter((one) => one.kind === "range");
    const merged = intersect(isArrayField(index, i) ? ranges.slice(0, 1) : ranges);
    if (merged) {
      bounds.intervals = prefixes.map((prefix) => intervalWithin(prefix, merged.range, field.descending));
      for (const one of merged.used) bounds.used.add(one);
      bounds.range = true;
    }
    break;
  }
  if (!bounds.range) bounds.intervals = prefixes.map(intervalOf);
  bounds.complete = bounds.bound.size === index.fields.length;
  return bounds;
}

function planIndex(index: Index, primary: boolean, query: Query, analysis: Analysis): IndexPlan {
  const { strings, order } = query;
  const bounds = boundsOf(index, analysis, strings);
  const isArray = (name: string) =>
    isArrayField(
      index,
      index.fields.findIndex((field) => field.name === name),
    );
  const found = order && !strings ? orderFrom(index.fields, bounds.bound, order, isArray) : undefined;
  const score =
    [...bounds.bound.values()].reduce((sum, kind) => sum + (kind === "equal" ? 10 : 9), 0) +
    (bounds.range ? 5 : 0) +
    (found ? 6 : 0) +
    (bounds.complete && (primary || index.unique) ? (primary ? 1000 : 500) : 0);
  const exact =
    analysis.clauses === bounds.used.size &&
    [...bounds.used].every((one) => one.exact) &&
    (index.arrayFields === 0 || bounds.used.size <= 1);
  return {
    kind: "index",
    index,
    primary,
    intervals: bounds.intervals,
    reverse: found?.reverse ?? false,
    ordered: found !== undefined,
    merge: found?.merge ?? false,
    points: bounds.complete && (primary || index.unique),
    repeats: index.arrayFields !== 0,
    exact,
    score,
  };
}

/** What a plan is made for. */
export interface Query {
  collection: Collection;
  filter: Doc;
  order?: OrderBy | undefined;
  strings?: CompareStrings | undefined;
  hint?: Value;
}

const idFields: readonly IndexField[] = [{ name: "_id", path: ["_id"], descending: false }];

/** The collection itself, which is kept in the order of `_id`. */
export const primaryIndex = ({ prefix, end }: Collection): Index => ({
  id: 0,
  spec: { v: 2, key: { _id: 1 }, name: "_id_" },
  name: "_id_",
  fields: idFields,
  unique: true,
  sparse: false,
  partialFilter: undefined,
  includes: undefined,
  expireAfterSeconds: undefined,
  prefix,
  end,
  multikeyKey: prefix,
  arrayFields: 0,
});

const isPlain = (index: Index): boolean =>
  Object.values(index.spec.key as Doc).every((direction) => Math.abs(toNumber(direction)) > 0);

function bestIndex(query: Query, analysis: Analysis): IndexPlan | undefined {
  let best = planIndex(primaryIndex(query.collection), true, query, analysis);
  for (const index of query.collection.indexes) {
    if (!isPlain(index) || !isComplete(index, analysis.constraints)) continue;
    const plan = planIndex(index, false, query, analysis);
    if (plan.score > best.score) best = plan;
  }
  return best.score > 0 ? best : undefined;
}

function unionOf(query: Query): UnionPlan | undefined {
  const { $or: clauses, ...rest } = query.filter;
  if (!Array.isArray(clauses) || query.hint !== undefined) return undefined;
  const branches: IndexPlan[] = [];
  for (const clause of clauses as Value[]) {
    if (!isDoc(clause)) return undefined;
    const branch = bestIndex({ ...query, order: undefined }, analyse({ $and: [rest, clause] }));
    if (!branch) return undefined;
    branches.push({ ...branch, exact: false });
  }
  return { kind: "union", branches, ordered: false };
}

/** Chooses how to read a collection for a filter and an order. */
export function planQuery(query: Query): Plan {
  const analysis = analyse(query.filter);
  return bestIndex(query, analysis) ?? unionOf(query) ?? { kind: "collection", reverse: false, ordered: false };
}

/** The plan that reads a given index, whatever it is worth. */
export const planHinted = (query: Query, index: Index, primary: boolean): IndexPlan =>
  planIndex(index, primary, query, analyse(query.filter));

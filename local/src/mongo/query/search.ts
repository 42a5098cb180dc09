import type { CompareStrings } from "../bson/compare";
import { compare } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { isDoc } from "../bson/values";
import type { Collection, Index } from "../catalog";
import { badValue, CommandError } from "../errors";
import type { KeyReader } from "../storage/reader";
import { analyse } from "./constraints";
import { isComplete } from "./implies";
import type { Predicate } from "./matcher";
import type { OrderBy } from "./order";
import type { Plan } from "./plan";
import { planHinted, planQuery, primaryIndex } from "./plan";
import type { Hit, ScanStats } from "./scan";
import { scan } from "./scan";
import { sortBy } from "./sort";

/** A read of one collection: which documents, in which order. */
export interface Search {
  collection: Collection;
  filter: Doc;
  /** The compiled filter; undefined when it accepts everything. */
  matches: Predicate | undefined;
  order?: OrderBy | undefined;
  strings?: CompareStrings | undefined;
  hint?: Value;
  /** Most documents wanted, for sorting in memory. */
  limit?: number;
}

function hintedIndex(collection: Collection, hint: Value): Index | "collection" | undefined {
  if (isDoc(hint) && "$natural" in hint) return "collection";
  const all = [primaryIndex(collection), ...collection.indexes];
  if (typeof hint === "string") return all.find((index) => index.name === hint);
  return all.find((index) => compare(index.spec.key, hint) === 0);
}

/** Chooses the plan. @throws CommandError 2 for a hint that names no index, 291 for one that cannot answer the filter. */
export function choosePlan(search: Search): Plan {
  const { collection, hint } = search;
  if (hint === undefined || hint === null || (isDoc(hint) && !Object.keys(hint).length)) return planQuery(search);
  if (typeof hint !== "string" && !isDoc(hint)) throw new CommandError(9, "Hint must be a string or an object");
  const index = hintedIndex(collection, hint);
  if (!index) {
    throw badValue(
      "error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index",
    );
  }
  if (index === "collection") return { kind: "collection", reverse: false, ordered: false };
  if (index.partialFilter && !isComplete({ ...index, sparse: false }, analyse(search.filter).constraints)) {
    throw new CommandError(
      291,
      "error processing query: planner returned error :: caused by :: No query solutions: the hinted partial index cannot answer the filter",
    );
  }
  return planHinted(search, index, index.name === "_id_");
}

/** The matching documents in the order asked for. Without an order they come by index, or by `_id`. */
export function* searchHits(reader: KeyReader, search: Search, plan: Plan, stats: ScanStats): Generator<Hit> {
  const hits = scan(reader, search.collection, plan, search.matches, stats);
  if (!search.order || plan.ordered) {
    yield* hits;
    return;
  }
  yield* sortBy(hits, search.order, (hit) => hit.doc, {
    strings: search.strings,
    limit: search.limit ?? Infinity,
    bytesOf: (hit) => hit.raw.length,
  });
}

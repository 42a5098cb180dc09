import type { CompareStrings } from "../bson/compare";
import { compare } from "../bson/compare";
import type { Doc, Value } from "../bson/values";
import { CommandError } from "../errors";
import type { OrderBy } from "./order";
import { elementsAt, valueAt } from "./path";

/** Most bytes a sort may hold in memory (MongoDB's internalQueryMaxBlockingSortMemoryUsageBytes). */
const maxSortBytes = 100 * 1024 * 1024;

/** What a document is sorted by in one field: of an array the smallest element, or the largest when descending. */
function keyFor(doc: Doc, field: OrderBy[number], strings?: CompareStrings): Value {
  if (field.path.length === 1) {
    const value = valueAt(doc, field.path);
    if (!Array.isArray(value)) return value;
  }
  const { values } = elementsAt(doc, field.path);
  let best = values[0];
  for (const value of values) {
    const order = compare(value, best, strings);
    if (field.descending ? order > 0 : order < 0) best = value;
  }
  return best;
}

const keysOf = (doc: Doc, order: OrderBy, strings?: CompareStrings): Value[] =>
  order.map((field) => keyFor(doc, field, strings));

interface Row<T> {
  item: T;
  keys: Value[];
  position: number;
}

/** Sorts items stably by their documents, keeping only the first `limit`. @throws CommandError 292 beyond 100 MiB. */
export function sortBy<T>(
  items: Iterable<T>,
  order: OrderBy,
  docOf: (item: T) => Doc,
  options: { strings?: CompareStrings | undefined; limit?: number; bytesOf?: (item: T) => number } = {},
): T[] {
  const { strings, limit = Infinity, bytesOf } = options;
  const byKeys = (a: Row<T>, b: Row<T>): number => {
    for (let i = 0; i < order.length; i++) {
      const difference = compare(a.keys[i], b.keys[i], strings);
      if (difference) return order[i]?.descending ? -difference : difference;
    }
    return a.position - b.position;
  };
  let rows: Row<T>[] = [];
  let position = 0;
  let bytes = 0;
  for (const item of items) {
    rows.push({ item, keys: keysOf(docOf(item), order, strings), position: position++ });
    bytes += bytesOf?.(item) ?? 0;
    if (rows.length > 2 * limit + 1000) {
      rows = rows.sort(byKeys).slice(0, limit);
      bytes = bytesOf ? rows.reduce((sum, row) => sum + bytesOf(row.item), 0) : 0;
    }
    if (bytes > maxSortBytes) {
      throw new CommandError(
        292,
        `Executor error during find command :: caused by :: Sort exceeded memory limit of ${maxSortBytes} bytes, but did not opt in to external sorting.`,
      );
    }
  }
  rows.sort(byKeys);
  return (rows.length > limit ? rows.slice(0, limit) : rows).map((row) => row.item);
}

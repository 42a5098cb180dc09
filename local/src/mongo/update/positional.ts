import type { Doc, Value } from "../bson/values";
import { isDoc } from "../bson/values";
import { badValue, failedToParse } from "../errors";
import type { MatchOptions, Predicate } from "../query/matcher";
import { compileFilter } from "../query/matcher";
import type { Path } from "../query/path";
import { isArrayIndex, valueAt } from "../query/path";
import { quoted } from "../query/show";

/** The `arrayFilters` of an update by identifier. */
export type ArrayFilters = ReadonlyMap<string, Predicate>;

function identifierOf(filter: Doc): string | undefined {
  for (const [field, condition] of Object.entries(filter)) {
    if (!field.startsWith("$")) return field.split(".")[0];
    if (Array.isArray(condition) && isDoc(condition[0])) return identifierOf(condition[0]);
  }
  return undefined;
}

/** Reads `arrayFilters`. @throws CommandError 9 for a filter without or with a doubled identifier. */
export function parseArrayFilters(filters: Value, options: MatchOptions): ArrayFilters {
  const parsed = new Map<string, Predicate>();
  for (const filter of (filters as Doc[] | undefined) ?? []) {
    if (!isDoc(filter)) throw failedToParse("arrayFilters must be documents");
    const identifier = identifierOf(filter);
    if (!identifier) throw failedToParse("Cannot use an expression without a top-level field name in arrayFilters");
    if (parsed.has(identifier)) {
      throw failedToParse(`Found multiple array filters with the same top-level field name ${identifier}`);
    }
    const matches = compileFilter(filter, options);
    parsed.set(identifier, (item) => matches({ [identifier]: item }));
  }
  return parsed;
}

/** Index of the array element that made the filter match, for the path before `$`; undefined when there is none. */
export function matchedIndex(filter: Doc, doc: Doc, arrayPath: string, options: MatchOptions): number | undefined {
  let found: number | undefined;
  for (const [field, condition] of Object.entries(filter)) {
    if (field === "$and" || field === "$or") {
      for (const clause of condition as Doc[]) {
        const matches = field === "$and" || compileFilter(clause, options)(doc);
        if (matches) found ??= matchedIndex(clause, doc, arrayPath, options);
      }
      continue;
    }
    if (field.startsWith("$")) continue;
    const index = indexInArray(field, condition, doc, options);
    if (index === undefined) continue;
    if (field === arrayPath || field.startsWith(`${arrayPath}.`)) return index;
    found ??= index;
  }
  return found;
}

function indexInArray(field: string, condition: Value, doc: Doc, options: MatchOptions): number | undefined {
  const parts = field.split(".");
  for (let i = 1; i <= parts.length; i++) {
    const list = valueAt(doc, parts.slice(0, i));
    if (!Array.isArray(list) || (i < parts.length && isArrayIndex(parts[i] as string))) continue;
    const matches = compileFilter({ [field]: condition }, options);
    const index = (list as Value[]).findIndex((item) => matches(nest(parts.slice(0, i), [item])));
    return index < 0 ? undefined : index;
  }
  return undefined;
}

const nest = (path: Path, value: Value): Doc =>
  path.reduceRight((inner: Value, part) => ({ [part]: inner }), value) as Doc;

/** Where a path with `$`, `$[]` and `$[id]` leads in one document. */
export function resolvePositional(
  path: Path,
  doc: Doc,
  filter: Doc,
  arrayFilters: ArrayFilters,
  options: MatchOptions,
): Path[] {
  let paths: string[][] = [[]];
  for (const part of path) {
    if (part === "$") {
      const index = matchedIndex(filter, doc, paths[0]?.join(".") ?? "", options);
      if (index === undefined) throw badValue("The positional operator did not find the match needed from the query.");
      paths = paths.map((prefix) => [...prefix, String(index)]);
    } else if (part.startsWith("$[")) {
      const identifier = part.slice(2, -1);
      const accepts = identifier === "" ? () => true : arrayFilters.get(identifier);
      if (!accepts) throw badValue(`No array filter found for identifier '${identifier}' in path '${path.join(".")}'`);
      paths = paths.flatMap((prefix) =>
        elementsOf(doc, prefix).flatMap((item, i) => (accepts(item) ? [[...prefix, String(i)]] : [])),
      );
    } else paths = paths.map((prefix) => [...prefix, part]);
  }
  return paths;
}

function elementsOf(doc: Doc, path: Path): Value[] {
  const value = valueAt(doc, path);
  const name = path.join(".");
  if (value === undefined)
    throw badValue(`The path '${name}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(value))
    throw badValue(`Cannot apply array updates to non-array element ${path.at(-1) ?? ""}: ${quoted(value)}`);
  return value as Value[];
}

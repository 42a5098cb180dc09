import type { Doc } from "../bson/values";
import { isDoc, isNumber, toNumber } from "../bson/values";
import type { IndexField } from "../catalog";
import { CommandError, notImplemented } from "../errors";
import type { Path } from "./path";

/** A sort, field by field. */
export type OrderBy = readonly { name: string; path: Path; descending: boolean }[];

/** Reads a `sort` document; undefined when it is empty. @throws CommandError 2, 238. */
export function parseOrder(sort: unknown): OrderBy | undefined {
  if (sort === undefined || sort === null) return undefined;
  if (!isDoc(sort)) throw new CommandError(14, "Expected field sort to be of type object");
  const fields = Object.entries(sort as Doc);
  if (!fields.length) return undefined;
  return fields.map(([name, direction]) => {
    if (isDoc(direction)) throw notImplemented("sort by $meta");
    if (name === "$natural") throw notImplemented("sort by $natural");
    if (name === "" || name.split(".").includes(""))
      throw new CommandError(40352, "FieldPath cannot be constructed with empty string");
    if (name.startsWith("$"))
      throw new CommandError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    const sign = toNumber(direction);
    if (!isNumber(direction))
      throw new CommandError(15974, `Illegal key in $sort specification: ${name}: ${String(direction)}`);
    if (sign !== 1 && sign !== -1)
      throw new CommandError(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
    return { name, path: name.split("."), descending: sign < 0 };
  });
}

/**
 * Can the keys of an index, after its bound fields, come in the order asked for?
 * @returns the direction to read in, and whether the lists' intervals have to be merged for it; undefined when not.
 */
export function orderFrom(
  fields: readonly IndexField[],
  bound: ReadonlyMap<string, "equal" | "in">,
  order: OrderBy,
  isArray: (name: string) => boolean,
): { reverse: boolean; merge: boolean } | undefined {
  const wanted = order.filter(({ name }) => bound.get(name) !== "equal" || isArray(name));
  if (wanted.some(({ name }) => isArray(name))) return undefined;
  const inLists = fields.filter(({ name }) => bound.get(name) !== "equal");
  const direct = directionOf(inLists, wanted);
  if (direct !== undefined) return { reverse: direct, merge: false };
  const merged = directionOf(
    fields.filter(({ name }) => !bound.has(name)),
    wanted,
  );
  return merged === undefined ? undefined : { reverse: merged, merge: true };
}

function directionOf(fields: readonly IndexField[], wanted: OrderBy): boolean | undefined {
  if (wanted.length > fields.length) return undefined;
  let reverse: boolean | undefined;
  for (const [i, { name, descending }] of wanted.entries()) {
    const field = fields[i];
    if (!field || field.name !== name) return undefined;
    const opposite = field.descending !== descending;
    if (reverse !== undefined && reverse !== opposite) return undefined;
    reverse = opposite;
  }
  return reverse ?? false;
}

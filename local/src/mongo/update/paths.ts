import type { Doc, Value } from "../bson/values";
import { isDoc } from "../bson/values";
import { badValue, CommandError } from "../errors";
import type { Path } from "../query/path";
import { isArrayIndex } from "../query/path";
import { quoted } from "../query/show";

/** Most elements an update may add to an array by writing beyond its end (MongoDB's limit). */
const maxPadding = 1_500_000;

/** New value for the old one (undefined when missing); undefined removes the field. */
export type Change = (old: Value) => Value;

const notViable = (part: string, name: string, value: Value) =>
  new CommandError(28, `Cannot create field '${part}' in element {${name}: ${quoted(value)}}`);

function set(doc: Doc, field: string, value: Value): Doc {
  if (field === "__proto__") {
    const copy = { ...doc };
    Object.defineProperty(copy, field, { value, writable: true, enumerable: true, configurable: true });
    return copy;
  }
  if (value !== undefined) return { ...doc, [field]: value };
  const copy = { ...doc };
  Reflect.deleteProperty(copy, field);
  return copy;
}

function changeInArray(list: Value[], path: Path, i: number, change: Change, name: string): Value {
  const part = path[i] as string;
  if (!isArrayIndex(part)) {
    const removing = change(undefined) === undefined;
    if (removing) return list;
    throw notViable(part, name, list);
  }
  const at = Number(part);
  const old = list[at];
  const next =
    at < list.length || change(undefined) !== undefined ? changeIn(old, path, i + 1, change, part) : undefined;
  if (next === old && at < list.length) return list;
  if (next === undefined) return at < list.length ? list.map((item, j) => (j === at ? null : item)) : list;
  if (at - list.length > maxPadding) throw badValue("can't backfill more than 1500000 elements");
  const copy = [...list];
  while (copy.length < at) copy.push(null);
  copy[at] = next;
  return copy;
}

function changeIn(value: Value, path: Path, i: number, change: Change, name: string): Value {
  if (i === path.length) return change(value);
  const part = path[i] as string;
  if (Array.isArray(value)) return changeInArray(value as Value[], path, i, change, name);
  if (value !== undefined && !isDoc(value)) {
    if (change(undefined) === undefined) return value; // nothing to remove below a scalar
    throw notViable(part, name, value);
  }
  const old = value && Object.hasOwn(value, part) ? value[part] : undefined;
  const next = changeIn(old, path, i + 1, change, part);
  if (next === old) return value;
  return set(value ?? {}, part, next);
}

/**
 * A copy of the document with one path changed; everything else is shared with the original, and the original itself
 * comes back when nothing changed. Missing parents are created unless the change is a removal.
 * @throws CommandError 28 when the path leads through a scalar.
 */
export const changeAt = (doc: Doc, path: Path, change: Change): Doc => changeIn(doc, path, 0, change, "") as Doc;

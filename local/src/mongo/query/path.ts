import type { Doc, Value } from "../bson/values";
import { isDoc } from "../bson/values";

/** A dotted path, split once. */
export type Path = readonly string[];

const arrayIndex = /^(0|[1-9]\d*)$/;
export const isArrayIndex = (part: string): boolean => arrayIndex.test(part);

const own = (doc: Doc, field: string): Value => (Object.hasOwn(doc, field) ? doc[field] : undefined);

/**
 * Visits every value a path leads to, through arrays as MongoDB does: a number selects an element, and every element
 * that is a document is entered. A step from a scalar leads to a missing value (undefined); an array without documents
 * leads nowhere. Stops and returns true as soon as `visit` does.
 */
export function visitPath(from: Value, path: Path, visit: (value: Value) => boolean, start = 0): boolean {
  let value = from;
  for (let i = start; i < path.length; i++) {
    const part = path[i] as string;
    if (Array.isArray(value)) return visitArray(value, path, visit, i);
    value = isDoc(value) ? own(value, part) : undefined;
  }
  return visit(value);
}

function visitArray(list: Value[], path: Path, visit: (value: Value) => boolean, i: number): boolean {
  const part = path[i] as string;
  if (isArrayIndex(part) && Number(part) < list.length && visitPath(list[Number(part)], path, visit, i + 1))
    return true;
  for (const item of list) if (isDoc(item) && visitPath(item, path, visit, i)) return true;
  return false;
}

/** The value of a dotted path that does not cross arrays (numbers select elements); undefined when missing. */
export function valueAt(from: Value, path: Path): Value {
  let value = from;
  for (const part of path) {
    if (Array.isArray(value)) value = isArrayIndex(part) ? value[Number(part)] : undefined;
    else value = isDoc(value) ? own(value, part) : undefined;
  }
  return value;
}

/** All values of a path, with the elements of an array in place of the array; what indexes, sorts and `distinct` see. */
export function elementsAt(doc: Doc, path: Path): { values: Value[]; throughArray: boolean } {
  const values: Value[] = [];
  let throughArray = path.length > 1 && crossesArray(doc, path);
  visitPath(doc, path, (value) => {
    if (Array.isArray(value)) {
      throughArray = true;
      if (value.length) for (const item of value) values.push(item);
      else values.push(undefined);
    } else values.push(value);
    return false;
  });
  if (!values.length) values.push(undefined);
  return { values, throughArray };
}

function crossesArray(doc: Doc, path: Path): boolean {
  let value: Value = doc;
  for (const part of path) {
    if (Array.isArray(value)) return true;
    value = isDoc(value) ? own(value, part) : undefined;
  }
  return false;
}

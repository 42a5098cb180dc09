import { checkKeyLength, extendKey, hashOf, keyOf } from "./bson/keystring";
import type { Doc, Value } from "./bson/values";
import type { Collection, Index } from "./catalog";
import { CommandError } from "./errors";
import { quoted } from "./query/show";
import { elementsAt, valueAt, visitPath } from "./query/path";
import type { UnitOfWork } from "./storage/unit-of-work";

const defined = (value: Value): boolean => value !== undefined;

/** Is the document in the index at all? */
function isIndexed(index: Index, doc: Doc): boolean {
  if (index.includes && !index.includes(doc)) return false;
  return !index.sparse || index.fields.some((field) => visitPath(doc, field.path, defined));
}

/**
 * Keys of a document in an index, without the document's id: one for each combination of array elements. `arrays` has
 * a bit for each field that met an array.
 * @throws CommandError 171 when two fields meet different arrays.
 */
function valueKeys(index: Index, doc: Doc): { keys: Buffer[]; arrays: number } {
  let keys: Buffer[] = [index.prefix];
  let arrays = 0;
  let parallel: string | undefined;
  for (const [i, field] of index.fields.entries()) {
    const { values, throughArray } = elementsAt(doc, field.path);
    if (throughArray) {
      arrays |= 1 << i;
      const root = String(field.path[0]);
      if (parallel !== undefined && parallel !== root) {
        throw new CommandError(171, `cannot index parallel arrays [${root}] [${parallel}]`);
      }
      parallel = root;
    }
    const distinct = values.length > 1 ? [...new Map(values.map((value) => [hashOf(value), value])).values()] : values;
    keys = keys.flatMap((key) => distinct.map((value) => extendKey(key, value, field.descending)));
  }
  return { keys, arrays };
}

const separator = Buffer.from([1]);

/**
 * Records the fields that met an array: at once for the plans of this process, and with the document's own commit for
 * the next. Whether the latter is done is asked of the store, as the commit of an earlier document may have failed.
 */
function saveArrays(unit: UnitOfWork, index: Index, arrays: number): void {
  index.arrayFields |= arrays;
  const stored = unit.get(index.multikeyKey)?.readUInt32LE(0) ?? 0;
  if ((arrays & ~stored) === 0) return;
  const bits = Buffer.alloc(4);
  bits.writeUInt32LE(index.arrayFields);
  unit.putUnchecked(index.multikeyKey, bits);
}

/** Unique keys end with their values, so that an equal one collides; others go on with the document's id. */
function entryKeys(unit: UnitOfWork, index: Index, doc: Doc, id: Buffer): Buffer[] {
  if (!isIndexed(index, doc)) return [];
  const { keys, arrays } = valueKeys(index, doc);
  if (arrays) saveArrays(unit, index, arrays);
  const entries = index.unique ? keys : keys.map((key) => Buffer.concat([key, separator, id]));
  return entries.map((key) => checkKeyLength(key, `index ${index.name}`));
}

function duplicate(collection: Collection, name: string, pattern: Doc, doc: Doc): CommandError {
  const values = Object.keys(pattern).map((field): [string, Value] => [field, valueAt(doc, field.split(".")) ?? null]);
  const shown = values.map(([field, value]) => `${field}: ${quoted(value)}`).join(", ");
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${collection.ns} index: ${name} dup key: { ${shown} }`,
    { keyPattern: pattern, keyValue: Object.fromEntries(values) },
  );
}

export const documentKey = (collection: Collection, id: Value): Buffer =>
  checkKeyLength(Buffer.concat([collection.prefix, keyOf(id)]), "index _id_");

function putEntry(unit: UnitOfWork, collection: Collection, index: Index, key: Buffer, id: Buffer, doc: Doc): void {
  if (index.unique) {
    const holder = unit.get(key);
    if (holder && !holder.equals(id)) throw duplicate(collection, index.name, index.spec.key as Doc, doc);
  }
  unit.put(key, id);
}

/** @throws CommandError 11000 when the `_id` or a unique key is taken; nothing is written then. */
export function insertDocument(unit: UnitOfWork, collection: Collection, doc: Doc, raw: Buffer): void {
  const key = documentKey(collection, doc._id);
  if (unit.get(key)) throw duplicate(collection, "_id_", { _id: 1 }, doc);
  unit.writesTo(collection);
  const id = key.subarray(collection.prefix.length);
  const entries: [Index, Buffer][] = [];
  for (const index of collection.indexes) {
    for (const entry of entryKeys(unit, index, doc, id)) {
      const holder = index.unique && unit.get(entry);
      if (holder) throw duplicate(collection, index.name, index.spec.key as Doc, doc);
      entries.push([index, entry]);
    }
  }
  for (const [, entry] of entries) unit.put(entry, id);
  unit.put(key, raw);
}

/** The update kept everything the index sees: unchanged fields are the same objects (see update/apply). */
const untouched = (index: Index, before: Doc, after: Doc): boolean =>
  !index.includes && index.fields.every(({ path: [root = ""] }) => before[root] === after[root]);

/** Replaces a stored document by another with the same `_id`. @throws CommandError 11000; nothing is written then. */
export function replaceDocument(unit: UnitOfWork, collection: Collection, before: Doc, after: Doc, raw: Buffer): void {
  const key = documentKey(collection, before._id);
  const id = key.subarray(collection.prefix.length);
  unit.writesTo(collection);
  const added: [Index, Buffer][] = [];
  const removed: Buffer[] = [];
  for (const index of collection.indexes) {
    if (untouched(index, before, after)) continue;
    const old = entryKeys(unit, index, before, id);
    const now = entryKeys(unit, index, after, id);
    for (const entry of now) {
      if (old.some((other) => other.equals(entry))) continue;
      const holder = index.unique ? unit.get(entry) : undefined;
      if (holder && !holder.equals(id)) throw duplicate(collection, index.name, index.spec.key as Doc, after);
      added.push([index, entry]);
    }
    for (const entry of old) if (!now.some((other) => other.equals(entry))) removed.push(entry);
  }
  for (const entry of removed) unit.remove(entry);
  for (const [, entry] of added) unit.put(entry, id);
  unit.put(key, raw);
}

export function deleteDocument(unit: UnitOfWork, collection: Collection, doc: Doc): void {
  const key = documentKey(collection, doc._id);
  const id = key.subarray(collection.prefix.length);
  unit.writesTo(collection);
  for (const index of collection.indexes) for (const entry of entryKeys(unit, index, doc, id)) unit.remove(entry);
  unit.remove(key);
}

/** Enters the documents of a collection into a new index. @throws CommandError 11000 when it is unique and they are not. */
export function buildIndex(unit: UnitOfWork, collection: Collection, index: Index, docs: Iterable<Doc>): void {
  for (const doc of docs) {
    const id = keyOf(doc._id);
    for (const key of entryKeys(unit, index, doc, id)) putEntry(unit, collection, index, key, id, doc);
  }
}

/** Removes every key between two keys. */
export function removeRange(unit: UnitOfWork, from: Buffer, to: Buffer): void {
  for (const [key] of [...unit.range(from, to)]) unit.remove(key);
}

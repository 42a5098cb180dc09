import { equals } from "../bson/compare";
import { decode } from "../bson/decode";
import { encode } from "../bson/encode";
import { successor } from "../bson/keystring";
import type { Doc, Value } from "../bson/values";
import { isDoc, toNumber } from "../bson/values";
import type { Collection, Index } from "../catalog";
import { makeIndex } from "../catalog";
import { CommandError } from "../errors";
import { buildIndex, removeRange } from "../indexes";
import type { UnitOfWork } from "../storage/unit-of-work";
import type { Call, Command } from "./call";
import { findCollection, namespaceOf, unitOf } from "./call";
import { checkIndexSpec } from "./index-spec";
import { ensureCollection } from "./statements";

const noNamespace = (ns: string) => new CommandError(26, `ns does not exist: ${ns}`);

/** Removes all keys of an index. */
export function dropEntries(unit: UnitOfWork, index: Index): void {
  removeRange(unit, index.prefix, index.end);
  removeRange(unit, index.multikeyKey, successor(index.multikeyKey));
}

/** A list answered as a cursor. */
export const answerList = (call: Call, ns: string, docs: Doc[]): Buffer => {
  const batch = isDoc(call.command.cursor) ? call.command.cursor.batchSize : undefined;
  const size = batch === undefined ? Infinity : toNumber(batch);
  return call.services.cursors.first(ns, docs.map(encode), size, false, { session: call.session });
};

/** An index that is the same already, or stands in the way. @throws CommandError 85, 86. */
function existingIndex(collection: Collection, spec: Doc): boolean {
  const named = collection.indexes.find((index) => index.name === spec.name);
  const keyed = collection.indexes.find(
    (index) =>
      sameKey(index.spec.key, spec.key) &&
      equals(index.spec.partialFilterExpression, spec.partialFilterExpression) &&
      !!index.spec.sparse === !!spec.sparse,
  );
  const wanted = makeIndex(0, 0, spec);
  const sameOptions = (index: Index) =>
    index.unique === wanted.unique &&
    index.sparse === wanted.sparse &&
    index.expireAfterSeconds === wanted.expireAfterSeconds &&
    equals(index.spec.partialFilterExpression, spec.partialFilterExpression);
  if (named) {
    if (!sameKey(named.spec.key, spec.key)) {
      throw new CommandError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${String(spec.name)}`,
      );
    }
    if (sameOptions(named)) return true;
    throw new CommandError(
      86,
      `An existing index has the same name as the requested index. Requested index: ${String(spec.name)}`,
    );
  }
  if (!keyed) return false;
  throw new CommandError(85, `Index already exists with a different name: ${keyed.name}`);
}

const sameKey = (a: Value, b: Value): boolean => equals(a, b);

function* documentsOf(call: Call, collection: Collection): Generator<Doc> {
  for (const [, raw] of call.reader.range(collection.prefix, collection.end)) yield decode(raw);
}

const createIndexes: Command = {
  fields: ["indexes", "commitQuorum", "rawData"],
  writes: true,
  transactional: true,
  run(call) {
    const ns = namespaceOf(call);
    const specs = call.command.indexes;
    if (!Array.isArray(specs) || !specs.length) throw new CommandError(2, "Must specify at least one index to create");
    const checked = (specs as Value[]).map(checkIndexSpec);
    const existed = findCollection(call, ns);
    let collection = existed ?? ensureCollection(call, ns);
    const before = collection.indexes.length + 1;
    for (const spec of checked) {
      if (sameKey(spec.key, { _id: 1 }) || existingIndex(collection, spec)) continue;
      const index = makeIndex(collection.id, collection.nextIndexId, spec);
      buildIndex(unitOf(call), collection, index, documentsOf(call, collection));
      collection = { ...collection, nextIndexId: collection.nextIndexId + 1, indexes: [...collection.indexes, index] };
      unitOf(call).setCollection(collection);
    }
    const after = collection.indexes.length + 1;
    return {
      numIndexesBefore: before,
      numIndexesAfter: after,
      createdCollectionAutomatically: !existed,
      ...(before === after && { note: "all indexes already exist" }),
      ok: 1,
    };
  },
};

function chosenIndexes(collection: Collection, wanted: Value): Index[] {
  if (wanted === "*") return [...collection.indexes];
  return (Array.isArray(wanted) ? (wanted as Value[]) : [wanted]).map((one) => {
    if (one === "_id_" || sameKey(one, { _id: 1 })) throw new CommandError(72, "cannot drop _id index");
    const found = collection.indexes.find((index) => (isDoc(one) ? sameKey(index.spec.key, one) : index.name === one));
    if (!found)
      throw new CommandError(
        27,
        isDoc(one) ? "can't find index with key" : `index not found with name [${String(one)}]`,
      );
    return found;
  });
}

const dropIndexes: Command = {
  fields: ["index", "rawData"],
  writes: true,
  run(call) {
    const ns = namespaceOf(call);
    const collection = findCollection(call, ns);
    if (!collection) throw new CommandError(26, `ns not found ${ns}`);
    const dropped = chosenIndexes(collection, call.command.index);
    for (const index of dropped) dropEntries(unitOf(call), index);
    unitOf(call).setCollection({
      ...collection,
      indexes: collection.indexes.filter((index) => !dropped.includes(index)),
    });
    return {
      nIndexesWas: collection.indexes.length + 1,
      ...(call.command.index === "*" && { msg: "non-_id indexes dropped for collection" }),
      ok: 1,
    };
  },
};

const listIndexes: Command = {
  fields: ["cursor", "rawData"],
  run(call) {
    const ns = namespaceOf(call);
    const collection = findCollection(call, ns);
    if (!collection) throw noNamespace(ns);
    return answerList(call, ns, [
      { v: 2, key: { _id: 1 }, name: "_id_" },
      ...collection.indexes.map((index) => index.spec),
    ]);
  },
};

export const indexCommands: Record<string, Command> = { createIndexes, dropIndexes, listIndexes };

import { UUID } from "bson";
import { decode } from "./bson/decode";
import { encode } from "./bson/encode";
import { successor } from "./bson/keystring";
import type { Doc } from "./bson/values";
import { toNumber } from "./bson/values";
import type { Predicate } from "./query/matcher";
import { compileFilter } from "./query/matcher";
import type { Path } from "./query/path";
import { collectionKey, collectionKeys, documentPrefix, indexPrefix, multikeyKey } from "./storage/layout";
import type { KeyReader } from "./storage/reader";

/** One field of an index. */
export interface IndexField {
  name: string;
  path: Path;
  descending: boolean;
}

/** An index and what is worked out from its specification. */
export interface Index {
  id: number;
  /** As the client gave it; what `listIndexes` answers. */
  spec: Doc;
  name: string;
  fields: readonly IndexField[];
  unique: boolean;
  sparse: boolean;
  partialFilter: Doc | undefined;
  includes: Predicate | undefined;
  /** Seconds after which documents expire; undefined for indexes that do not expire any. */
  expireAfterSeconds: number | undefined;
  prefix: Buffer;
  end: Buffer;
  multikeyKey: Buffer;
  /**
   * Bit i is set once field i met an array. It only ever grows, and being set too early merely costs speed: so it is
   * changed in place, outside transactions.
   */
  arrayFields: number;
}

/** A collection; replaced as a whole when its indexes change, so that a transaction notices by identity. */
export interface Collection {
  id: number;
  ns: string;
  uuid: UUID;
  options: Doc;
  nextIndexId: number;
  indexes: readonly Index[];
  prefix: Buffer;
  end: Buffer;
}

/** Collections by namespace (`database.collection`). */
export type Collections = ReadonlyMap<string, Collection>;

export function makeIndex(collectionId: number, id: number, spec: Doc, arrayFields = 0): Index {
  const prefix = indexPrefix(collectionId, id);
  const partialFilter = spec.partialFilterExpression as Doc | undefined;
  return {
    id,
    spec,
    name: String(spec.name),
    fields: Object.entries(spec.key as Doc).map(([name, direction]) => ({
      name,
      path: name.split("."),
      descending: toNumber(direction) < 0,
    })),
    unique: spec.unique === true,
    sparse: spec.sparse === true,
    partialFilter,
    includes: partialFilter && compileFilter(partialFilter),
    expireAfterSeconds: spec.expireAfterSeconds === undefined ? undefined : toNumber(spec.expireAfterSeconds),
    prefix,
    end: successor(prefix),
    multikeyKey: multikeyKey(collectionId, id),
    arrayFields,
  };
}

export function makeCollection(id: number, ns: string, options: Doc): Collection {
  const prefix = documentPrefix(id);
  return { id, ns, uuid: new UUID(), options, nextIndexId: 1, indexes: [], prefix, end: successor(prefix) };
}

/** What is stored of a collection, under its {@link collectionKey}. */
export const encodeCollection = (collection: Collection): Buffer =>
  encode({
    id: collection.id,
    uuid: collection.uuid,
    options: collection.options,
    nextIndexId: collection.nextIndexId,
    indexes: collection.indexes.map(({ id, spec }) => ({ id, spec })),
  });

function decodeCollection(ns: string, stored: Doc, reader: KeyReader): Collection {
  const id = toNumber(stored.id);
  const indexes = (stored.indexes as Doc[]).map((index) => {
    const indexId = toNumber(index.id);
    const arrayFields = reader.get(multikeyKey(id, indexId))?.readUInt32LE(0) ?? 0;
    return makeIndex(id, indexId, index.spec as Doc, arrayFields);
  });
  const made = makeCollection(id, ns, stored.options as Doc);
  return { ...made, uuid: stored.uuid as UUID, nextIndexId: toNumber(stored.nextIndexId), indexes };
}

/** The committed collections. The map is replaced at every change: a transaction keeps the one it began with. */
export class Catalog {
  collections: Collections = new Map();
  private nextId = 1;

  constructor(private readonly reader: KeyReader) {
    this.load();
  }

  /** Reads everything anew from the store: at start, and after a commit that failed. */
  load(): void {
    const loaded = new Map<string, Collection>();
    for (const [key, value] of this.reader.range(collectionKeys.from, collectionKeys.to)) {
      const ns = key.toString("utf8", 1);
      const collection = decodeCollection(ns, decode(value), this.reader);
      loaded.set(ns, collection);
      this.nextId = Math.max(this.nextId, collection.id + 1);
    }
    this.collections = loaded;
  }

  /** Numbers are never used twice, so a dropped collection's leftovers cannot come back in a new one. */
  takeId(): number {
    return this.nextId++;
  }

  apply(changes: ReadonlyMap<string, Collection | null>): void {
    if (!changes.size) return;
    const next = new Map(this.collections);
    for (const [ns, collection] of changes) {
      if (collection) next.set(ns, collection);
      else next.delete(ns);
    }
    this.collections = next;
  }
}

export { collectionKey };

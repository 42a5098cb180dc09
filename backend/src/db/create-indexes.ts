import mongoose from "mongoose";
import { foundIndexes, isSameIndex, wantedIndexes, type Index } from "./indexes";

type Db = mongoose.mongo.Db;

/** What had to be made of a collection. */
export interface Prepared {
  collection: string;
  isNew: boolean;
  /** The names of the indexes that were made, and of those that stood. */
  made: string[];
  kept: string[];
}

const { MongoServerError } = mongoose.mongo;

/** By the server's code: IndexOptionsConflict, IndexKeySpecsConflict, DuplicateKey. */
const obstacles = new Map<unknown, string>([
  [85, "there is one on the same fields that is other than it should be. Drop that one"],
  [86, "there is one of that name that is other than it should be. Drop that one"],
  [11000, "documents that are there already break it. Correct them"],
]);

/** An index of ours that cannot be made as the database is. */
export class IndexConflict extends Error {}

/** Another process may have made it meanwhile. */
async function createCollection(db: Db, name: string): Promise<void> {
  await db.createCollection(name).catch((error: unknown) => {
    if (!(error instanceof MongoServerError) || error.codeName !== "NamespaceExists") throw error;
  });
}

async function createIndex(db: Db, collection: string, { name, key, options }: Index): Promise<void> {
  const spec = { name, key, ...options } as mongoose.mongo.IndexDescription;
  await db
    .collection(collection)
    .createIndexes([spec])
    .catch((error: unknown) => {
      if (!(error instanceof MongoServerError)) throw error;
      const reason = obstacles.get(error.code);
      if (!reason) throw error;
      throw new IndexConflict(`The index ${name} of ${collection} cannot be made: ${reason}, then try again.`);
    });
}

/**
 * Makes what is missing of the models' collections and their indexes; changes none that are there. Collections must exist before a
 * transaction writes to them. @throws IndexConflict
 */
export async function createIndexes(db: Db): Promise<Prepared[]> {
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const prepared: Prepared[] = [];
  for (const { schema, collection } of Object.values(mongoose.models)) {
    const name = collection.collectionName;
    const isNew = !there.has(name);
    if (isNew) await createCollection(db, name);
    const wanted = wantedIndexes(schema);
    const found = isNew || wanted.length === 0 ? [] : await foundIndexes(db, name);
    const isThere = (index: Index) => found.some((other) => other.name === index.name && isSameIndex(index, other));
    const missing = wanted.filter((index) => !isThere(index));
    for (const index of missing) await createIndex(db, name, index);
    const nameOf = (index: Index): string => index.name;
    prepared.push({
      collection: name,
      isNew,
      made: missing.map(nameOf),
      kept: wanted.filter((index) => !missing.includes(index)).map(nameOf),
    });
  }
  return prepared;
}

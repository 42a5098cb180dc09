import type mongoose from "mongoose";
import { allModels } from "../models";
import { faultsOf } from "./invalid-paths";
import type { Difference } from "./difference";

type Db = mongoose.mongo.Db;
type AnyModel = ReturnType<typeof allModels>[number];

/** How many ids are named of documents with the same fault. */
const named = 5;
/** Documents between two reports. */
const reportEvery = 10_000;

export interface CheckOptions {
  /** So many of each collection, at random; absent: all. */
  sample?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((collection: string, documents: number) => void) | undefined;
}

const documentsOf = (db: Db, name: string, sample: number | undefined) =>
  sample === undefined
    ? db.collection(name).find({}, { sort: { _id: 1 }, batchSize: 500 })
    : db.collection(name).aggregate([{ $sample: { size: sample } }], { batchSize: 500 });

/** The documents of one collection that its model would not take, by fault. */
async function checkCollection(db: Db, model: AnyModel, options: CheckOptions): Promise<Difference[]> {
  const { collectionName } = model.collection;
  const faulty = new Map<string, { count: number; ids: string[] }>();
  let documents = 0;
  for await (const document of documentsOf(db, collectionName, options.sample)) {
    options.signal?.throwIfAborted();
    for (const { path, reason } of await faultsOf(model, document)) {
      const known = faulty.get(`${path} ${reason}`) ?? { count: 0, ids: [] };
      known.count++;
      if (known.ids.length < named) known.ids.push(String(document["_id"]));
      faulty.set(`${path} ${reason}`, known);
    }
    if (++documents % reportEvery === 0) options.onProgress?.(collectionName, documents);
  }
  return [...faulty].map(([detail, { count, ids }]) => ({
    kind: "invalid documents",
    collection: collectionName,
    detail,
    count,
    ids,
  }));
}

/** One collection after the other, and of each one batch at a time: memory does not grow with them. */
export async function checkDocuments(db: Db, there: Set<string>, options: CheckOptions): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const model of allModels())
    if (there.has(model.collection.collectionName)) differences.push(...(await checkCollection(db, model, options)));
  return differences;
}

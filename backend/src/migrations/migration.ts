import type mongoose from "mongoose";

export type Db = mongoose.mongo.Db;
export type Document = mongoose.mongo.BSON.Document;

/** Goes through a collection in the order of `_id`, in batches; how far it has come is noted after each. */
export interface Walk {
  collection: string;
  /** Which of the documents it is about; their ids are of one type. */
  filter: Document;
  /** What `change` needs of them beside their ids. */
  fields?: Record<string, 1>;
  change: (db: Db, batch: Document[]) => Promise<unknown>;
}

/** Something short, done at once. */
export interface Act {
  act: (db: Db) => Promise<unknown>;
}

/**
 * How data that an earlier version wrote come to the shape of this one. A process may end after any batch and before it is noted:
 * every batch and every act may be done twice. The version before must be able to go on reading and writing (decision 21).
 */
export interface Migration {
  /** Stays for ever. */
  name: string;
  steps: (Walk | Act)[];
}

/** Gives every document found the fields that it lacks. */
export const fill = (collection: string, lacking: string, fields: Document): Walk => {
  const filter = { [lacking]: { $exists: false } };
  return {
    collection,
    filter,
    change: (db, batch) =>
      db.collection(collection).updateMany({ _id: { $in: batch.map(({ _id }) => _id) }, ...filter }, { $set: fields }),
  };
};

import type mongoose from "mongoose";

type Db = mongoose.mongo.Db;

interface RestoreDocument {
  _id: string;
  /** The name of the backup. */
  backup: string;
  at: Date;
}

/** There while a restore is under way, and after one that was broken off. */
const restores = (db: Db) => db.collection<RestoreDocument>("restores");
const underWay = "under way";

/** The backup of which a part may be here. */
export const findUnfinishedRestore = async (db: Db): Promise<string | undefined> =>
  (await restores(db).findOne({ _id: underWay }))?.backup;

export const beginRestore = async (db: Db, backup: string): Promise<void> =>
  void (await restores(db).updateOne({ _id: underWay }, { $set: { backup, at: new Date() } }, { upsert: true }));

export const endRestore = async (db: Db): Promise<void> => void (await db.dropCollection("restores"));

/** A part of a backup is here, and nothing says which. */
export class UnfinishedRestore extends Error {}

/** @throws UnfinishedRestore: of half a database nothing may be served, and no backup be made that would look whole */
export async function refuseUnfinishedRestore(db: Db): Promise<void> {
  const backup = await findUnfinishedRestore(db);
  if (!backup) return;
  throw new UnfinishedRestore(`A restore of ${backup} is not finished. Run it again; the API then starts by itself.`);
}

import type mongoose from "mongoose";

/** Whether nothing is left to index, and nobody is at it. */
export async function isIndexed(db: mongoose.mongo.Db): Promise<boolean> {
  const indexed = await db.collection("searchIndexedChannels").find().toArray();
  const revs = new Map(indexed.map(({ _id, rev }) => [String(_id), rev as number]));
  const channels = await db.collection("channels").find().toArray();
  const lease = await db.collection("searchLeases").findOne({});
  const isFree = ((lease?.["until"] as Date | undefined)?.getTime() ?? 0) < Date.now();
  return isFree && channels.every(({ _id, rev }) => rev === 0 || revs.get(String(_id)) === rev);
}

import mongoose from "mongoose";

type Db = NonNullable<mongoose.Connection["db"]>;

const noSuchIndex = new Set(["IndexNotFound", "NamespaceNotFound"]);

/** Members from before there were mentions, levels and favourites; messages from before there were threads. */
export async function messaging(db: Db): Promise<void> {
  await db
    .collection("members")
    .updateMany(
      { version: { $exists: false } },
      { $set: { mentionCount: 0, muted: false, level: "all", isFavourite: false, sectionId: null, version: 0 } },
    );
  await db.collection("channels").updateMany({ archivedAt: { $exists: false } }, { $set: { archivedAt: null } });
  // Nobody is told now of what was said before anybody was told of anything.
  const cursors = db.collection("channelCursors");
  for await (const { _id, rev } of db.collection("channels").find({}, { projection: { rev: 1 } }))
    await cursors.updateOne(
      { _id },
      { $setOnInsert: { rev: Number(rev), leasedUntil: new Date(0), failures: 0 } },
      { upsert: true },
    );
  try {
    // The one that begins with the thread does its work.
    await db.collection("messages").dropIndex("channelId_1_seq_1");
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError) || !noSuchIndex.has(error.codeName ?? "")) throw error;
  }
}

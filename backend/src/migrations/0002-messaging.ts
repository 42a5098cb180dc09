import mongoose from "mongoose";
import { fill, type Act, type Migration, type Walk } from "./migration";

/** Nobody is told now of what was said before anybody was told of anything. */
const beginFeeds: Walk = {
  collection: "channels",
  filter: {},
  fields: { rev: 1 },
  change: (db, batch) =>
    db.collection("channelCursors").bulkWrite(
      batch.map(({ _id, rev }) => ({
        updateOne: {
          filter: { _id },
          update: { $setOnInsert: { rev: Number(rev), leasedUntil: new Date(0), failures: 0 } },
          upsert: true,
        },
      })),
    ),
};

const noSuchIndex = new Set(["IndexNotFound", "NamespaceNotFound"]);

/** The one that begins with the thread does its work. */
const dropOldOrder: Act = {
  act: (db) =>
    db
      .collection("messages")
      .dropIndex("channelId_1_seq_1")
      .catch((error: unknown) => {
        if (!(error instanceof mongoose.mongo.MongoServerError) || !noSuchIndex.has(error.codeName ?? "")) throw error;
      }),
};

/** Members from before there were mentions, levels and favourites; messages from before there were threads. */
export const messaging: Migration = {
  name: "0002-messaging",
  steps: [
    fill("members", "version", {
      mentionCount: 0,
      muted: false,
      level: "all",
      isFavourite: false,
      sectionId: null,
      version: 0,
    }),
    fill("channels", "archivedAt", { archivedAt: null }),
    beginFeeds,
    dropOldOrder,
  ],
};

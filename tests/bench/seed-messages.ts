import { randomUUID } from "node:crypto";
import mongoose from "mongoose";
import { Corpus } from "./corpus";

const batch = 2000;
const twoYears = 730 * 24 * 3_600_000;

interface Seeded {
  channelIds: string[];
  userIds: string[];
}

/**
 * Writes messages straight into the database, as sending them would have left them there: over two years, a few busy channels
 * and many quiet ones.
 */
export async function seedMessages(
  db: mongoose.mongo.Db,
  { channelIds, userIds }: Seeded,
  count: number,
): Promise<void> {
  const corpus = new Corpus(2026);
  const { random } = corpus;
  const { ObjectId } = mongoose.mongo;
  const channels = await Promise.all(
    channelIds.map(async (id) => {
      const channel = await db.collection("channels").findOne({ _id: new ObjectId(id) });
      return {
        _id: new ObjectId(id),
        rev: Number(channel?.["rev"] ?? 0),
        messageCount: Number(channel?.["messageCount"] ?? 0),
      };
    }),
  );
  const users = userIds.map((id) => new ObjectId(id));
  const begun = Date.now() - twoYears;
  for (let from = 0; from < count; from += batch) {
    const messages = Array.from({ length: Math.min(batch, count - from) }, (_, i) => {
      const createdAt = new Date(begun + Math.floor(((from + i) / count) * (twoYears - 60_000)));
      const channel = channels[Math.floor(random() ** 2 * channels.length)] ?? {
        _id: new ObjectId(),
        rev: 0,
        messageCount: 0,
      };
      const seq = ++channel.rev;
      return {
        _id: new ObjectId(),
        channelId: channel._id,
        seq,
        rev: seq,
        position: ++channel.messageCount,
        userId: users[Math.floor(random() ** 2 * users.length)],
        content: corpus.text(),
        clientMessageId: randomUUID(),
        parentId: null,
        createdAt,
        updatedAt: createdAt,
      };
    });
    await db.collection("messages").insertMany(messages, { ordered: false });
  }
  for (const { _id, rev, messageCount } of channels)
    await db.collection("channels").updateOne({ _id }, { $set: { rev, messageCount } });
}

import type { Types } from "mongoose";
import type { MessageDocument } from "../messages/messages.model";
import { NotificationModel } from "./notifications.model";
import { publishRead } from "./tell";

/** Somebody has read a channel (`rootId` null) or thread up to a revision. */
export interface Mark {
  userId: Types.ObjectId;
  channelId: Types.ObjectId;
  rootId: Types.ObjectId | null;
  seq: number;
}

async function markAsRead(userId: Types.ObjectId, ids: Types.ObjectId[]): Promise<void> {
  if (ids.length === 0) return;
  await NotificationModel.updateMany({ _id: { $in: ids } }, { $set: { isRead: true, pushAt: null, mailAt: null } });
  await publishRead(userId, ids, null);
}

/** Whoever has read what a notice is about has read the notice, on all their devices. */
export async function settleRead({ userId, channelId, rootId, seq }: Mark): Promise<void> {
  const rows = await NotificationModel.find(
    { userId, isRead: false, channelId, parentId: rootId, kind: { $ne: "reminder" }, seq: { $lte: seq } },
    { _id: 1 },
  ).lean();
  await markAsRead(
    userId,
    rows.map((row) => row._id),
  );
}

/** Who writes has read what stood before. */
export async function settleWritten(messages: MessageDocument[]): Promise<void> {
  const people = messages.filter((message) => !message.bot);
  const [first] = people;
  if (!first) return;
  const { channelId } = first;
  // One look for all of them: most have nothing to clear.
  const filter = { userId: { $in: people.map(({ userId }) => userId) }, isRead: false, channelId };
  const waiting = await NotificationModel.find(filter, { userId: 1 }).lean();
  const ids = new Set(waiting.map(({ userId }) => userId.toHexString()));
  for (const { userId, parentId = null, seq } of people)
    if (ids.has(userId.toHexString())) await settleRead({ userId, channelId, rootId: parentId, seq });
}

/** A message is gone, and with it what was told of it. */
export async function withdraw(messageId: Types.ObjectId): Promise<void> {
  const rows = await NotificationModel.find({ messageId }, { userId: 1, isRead: 1 }).lean();
  if (rows.length === 0) return;
  await NotificationModel.deleteMany({ _id: { $in: rows.map((row) => row._id) } });
  for (const row of rows) await publishRead(row.userId, [row._id], null);
}

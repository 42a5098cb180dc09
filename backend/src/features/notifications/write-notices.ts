import mongoose, { Types } from "mongoose";
import { isDuplicateKey } from "../../db/transaction";
import type { MessageDocument } from "../messages/messages.model";
import { foldNotices } from "./fold-notices";
import { foldingKinds, NotificationModel, type NotificationDocument } from "./notifications.model";
import type { Recipient } from "./recipients";
import type { Timing } from "./tell";

/** Somebody to be told of a message. */
export interface Fresh {
  recipient: Recipient;
  message: MessageDocument;
  timing: Timing;
}

const rowOf = ({ recipient, message, timing }: Fresh): NotificationDocument => ({
  _id: new Types.ObjectId(),
  userId: recipient.member.userId,
  key: recipient.key,
  kind: recipient.kind,
  channelId: message.channelId,
  messageId: message._id,
  parentId: message.parentId ?? null,
  actorId: message.userId,
  detail: null,
  count: 1,
  seq: message.seq,
  isRead: recipient.hasRead,
  at: message.createdAt,
  pushAt: recipient.hasRead ? null : timing.pushAt,
  mailAt: recipient.hasRead ? null : timing.mailAt,
});

/** Writes what has a row of its own. @returns those that were not there before */
async function insertNew(rows: NotificationDocument[]): Promise<NotificationDocument[]> {
  if (rows.length === 0) return [];
  try {
    await NotificationModel.collection.insertMany(rows, { ordered: false });
    return rows;
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError) || !isDuplicateKey(error)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.some(({ code }) => code !== error.code)) throw error;
    const known = new Set(failures.map(({ index }) => index));
    return rows.filter((_, i) => !known.has(i));
  }
}

/** @returns the notices as they are now, but for those that were told before: twice is once */
export async function writeNotices(fresh: Fresh[]): Promise<NotificationDocument[]> {
  const rows = fresh.map(rowOf);
  const isFolding = ({ kind }: NotificationDocument) => foldingKinds.includes(kind);
  const own = await insertNew(rows.filter((row) => !isFolding(row)));
  return [...own, ...(await foldNotices(rows.filter((row) => isFolding(row) && !row.isRead)))];
}

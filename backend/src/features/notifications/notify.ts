import { Types } from "mongoose";
import { isDuplicateKey } from "../../db/transaction";
import { MemberModel } from "../channels/members.model";
import type { Changed } from "../messages/channel-feed";
import type { MessageDocument } from "../messages/messages.model";
import { ThreadFollowModel } from "../messages/thread-follows.model";
import { NotificationModel, type NotificationDocument } from "./notifications.model";
import { noteReactions } from "./reactions";
import { recipientsOf, type Recipient } from "./recipients";
import { settleRead, settleWritten, withdraw } from "./settle";
import { publishNotifications, timingsOf, type Timing } from "./tell";

interface Fresh {
  recipient: Recipient;
  message: MessageDocument;
  timing: Timing | undefined;
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
  pushAt: recipient.hasRead ? null : (timing?.pushAt ?? null),
  mailAt: recipient.hasRead ? null : (timing?.mailAt ?? null),
});

/** A conversation or thread that has a notice already: while it is unread it grows, otherwise it begins anew. */
async function grow(row: NotificationDocument): Promise<NotificationDocument | null> {
  const { _id, key, userId, count, ...latest } = row;
  const older = { userId, key, seq: { $lt: row.seq } };
  const { mailAt, pushAt, ...shown } = latest;
  return (
    (await NotificationModel.findOneAndUpdate(
      { ...older, isRead: false, mailAt: { $ne: null } },
      // The first unread one decides when a mail is due: a lively conversation must not put it off for ever.
      { $set: { ...shown, pushAt }, $inc: { count: 1 } },
      { returnDocument: "after" },
    ).lean()) ??
    (await NotificationModel.findOneAndUpdate(
      { ...older, isRead: false },
      // It was mailed as it was before.
      { $set: { ...shown, pushAt, mailAt }, $inc: { count: 1 } },
      { returnDocument: "after" },
    ).lean()) ??
    (await NotificationModel.findOneAndUpdate(
      { ...older, isRead: true },
      { $set: { ...latest, count }, $unset: { mailId: 1 } },
      { returnDocument: "after" },
    ).lean())
  );
}

/** @returns the row as it is now; null when it has been told before, or there is nothing to tell */
async function write(fresh: Fresh): Promise<NotificationDocument | null> {
  const row = rowOf(fresh);
  const isFolding = fresh.recipient.kind === "dm" || fresh.recipient.kind === "thread_reply";
  if (isFolding && row.isRead) return null;
  try {
    const grown = isFolding ? await grow(row) : null;
    if (grown) return grown;
    await NotificationModel.collection.insertOne(row);
    return row;
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

/** Whoever read it while the row was being written: it must not stay unread for good. */
async function settleRace(written: NotificationDocument[]): Promise<void> {
  for (const { userId, channelId, parentId } of written) {
    const mark = parentId
      ? await ThreadFollowModel.findOne({ messageId: parentId, userId }, { lastReadSeq: 1 }).lean()
      : await MemberModel.findOne({ channelId, userId }, { lastReadSeq: 1 }).lean();
    // Who has left since is not to be told what was said there.
    await settleRead({ userId, channelId, rootId: parentId, seq: mark?.lastReadSeq ?? Number.MAX_SAFE_INTEGER });
  }
}

/** What new and changed messages mean to those whom they concern. Doing it twice is doing it once. */
export async function notify({ channel, since, messages }: Changed): Promise<void> {
  const now = new Date();
  const arrived = messages.filter((m) => m.seq > since && !m.note && !m.deletedAt);
  const fresh: Omit<Fresh, "timing">[] = [];
  for (const message of arrived)
    for (const recipient of await recipientsOf(message, channel)) fresh.push({ recipient, message });
  const keepings = fresh.map(({ recipient: { member, kind } }) => ({
    userId: member.userId,
    kind,
    muted: member.muted,
    level: member.level,
  }));
  const timings = await timingsOf(keepings, now);
  const written: NotificationDocument[] = [];
  for (const one of fresh) {
    const row = await write({ ...one, timing: timings.get(one.recipient.member.userId.toHexString()) });
    if (row && !row.isRead) written.push(row);
  }
  // Of a conversation that grew several times only its last state is worth telling.
  const latest = [...new Map(written.map((row) => [row._id.toHexString(), row])).values()];
  await publishNotifications(latest, timings);
  await settleRace(latest);
  await settleWritten(arrived);
  for (const message of messages) if (message.deletedAt) await withdraw(message._id);
  for (const message of messages)
    if (!message.note && !message.deletedAt && (message.reactions || message.seq <= since))
      await noteReactions(message);
}

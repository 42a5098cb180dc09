import { Types, type ClientSession } from "mongoose";
import { MemberModel } from "../channels/members.model";
import { MessageModel, type MessageDocument } from "./messages.model";
import { ThreadFollowModel, type ThreadFollowDocument } from "./thread-follows.model";
import type { ThreadChange } from "./thread-news";

interface Reply {
  message: MessageDocument;
  /** The author was not there to read the thread: it leaves by schedule, or a webhook speaks. */
  isAbsent: boolean;
}

/** How many of those who replied are shown under a message. */
export const shownParticipants = 5;

type FollowKey = Pick<ThreadFollowDocument, "userId" | "messageId" | "channelId">;

/** A row for whoever has none: nothing read, nothing unread. */
export const freshFollow = (key: FollowKey): Omit<ThreadFollowDocument, "_id" | "isFollowing"> => ({
  ...key,
  lastReadSeq: 0,
  unreadCount: 0,
  mentionCount: 0,
  isUnread: false,
  lastReplyAt: null,
  version: 1,
});

const has = (ids: readonly Types.ObjectId[], id: Types.ObjectId): boolean => ids.some((other) => other.equals(id));

/** What one reply makes of one follower's row. */
function afterReply(row: ThreadFollowDocument, { message, isAbsent }: Reply): ThreadFollowDocument {
  const called = message.mentionsChannel || has(message.mentions ?? [], row.userId);
  const next = { ...row, lastReplyAt: message.createdAt, version: row.version + 1 };
  if (row.userId.equals(message.userId) && !isAbsent)
    return { ...next, isFollowing: true, lastReadSeq: message.seq, unreadCount: 0, mentionCount: 0, isUnread: false };
  // Who was not following hears of what comes from here on.
  const fromHere = { lastReadSeq: Math.max(row.lastReadSeq, message.seq - 1) };
  if (row.userId.equals(message.userId)) return { ...next, ...(!row.isFollowing && fromHere), isFollowing: true };
  const isNew = !row.isFollowing && has(message.mentions ?? [], row.userId);
  if (!row.isFollowing && !isNew) return row;
  return {
    ...next,
    isFollowing: true,
    ...(isNew && fromHere),
    unreadCount: (isNew ? 0 : row.unreadCount) + 1,
    mentionCount: (isNew ? 0 : row.mentionCount) + (called ? 1 : 0),
    isUnread: true,
  };
}

/** Everybody whom replies to `parent` may concern: those who follow it, its author, those who reply and who are called. */
async function rowsFor(parent: MessageDocument, replies: Reply[], session: ClientSession) {
  const called = replies.flatMap(({ message }) => [
    ...(message.bot ? [] : [message.userId]),
    ...(message.mentions ?? []),
  ]);
  const ids = new Map([...called, ...(parent.bot ? [] : [parent.userId])].map((id) => [id.toHexString(), id]));
  const rows = await ThreadFollowModel.find({ messageId: parent._id }).session(session).lean();
  for (const row of rows) ids.delete(row.userId.toHexString());
  // Whoever wrote the first message may have left since.
  const members = await MemberModel.find(
    { channelId: parent.channelId, userId: { $in: [...ids.values()] } },
    { userId: 1 },
  )
    .session(session)
    .lean();
  const added = members
    .map((member) => member.userId)
    .map((userId): ThreadFollowDocument => ({
      _id: new Types.ObjectId(),
      ...freshFollow({ userId, messageId: parent._id, channelId: parent.channelId }),
      // What somebody wrote themselves they follow from its first reply, or from their return.
      isFollowing: userId.equals(parent.userId),
      lastReadSeq: (replies[0]?.message.seq ?? 1) - 1,
    }));
  return { rows, added };
}

async function addToThread(
  parent: MessageDocument,
  replies: Reply[],
  rev: number,
  session: ClientSession,
): Promise<ThreadChange> {
  const { rows, added } = await rowsFor(parent, replies, session);
  const changed: ThreadFollowDocument[] = [];
  const writes = [...rows, ...added].flatMap((row) => {
    const next = replies.reduce<ThreadFollowDocument>(afterReply, row);
    if (next === row) return [];
    changed.push(next);
    return [{ replaceOne: { filter: { _id: row._id }, replacement: next, upsert: added.includes(row) } }];
  });
  if (writes.length > 0) await ThreadFollowModel.collection.bulkWrite(writes, { session });
  const latest = replies.map(({ message }) => message.userId).reverse();
  const participants = new Map([...latest, ...(parent.participantIds ?? [])].map((id) => [id.toHexString(), id]));
  const updated = await MessageModel.collection.findOneAndUpdate(
    { _id: parent._id },
    {
      $inc: { replyCount: replies.length },
      $set: {
        rev,
        lastReplyAt: replies.at(-1)?.message.createdAt,
        participantIds: [...participants.values()].slice(0, shownParticipants),
      },
    },
    { session, returnDocument: "after" },
  );
  return { parent: (updated ?? parent) as unknown as MessageDocument, follows: changed };
}

/**
 * Hangs replies (of one channel, inserted already) under their messages, each of which takes the next revision, and counts
 * them for those who follow.
 * @param rev the revision before the first that the parents take
 */
export async function addReplies(replies: Reply[], rev: number, session: ClientSession): Promise<ThreadChange[]> {
  const byParent = new Map<string, Reply[]>();
  for (const reply of replies) {
    const key = reply.message.parentId?.toHexString() ?? "";
    byParent.set(key, [...(byParent.get(key) ?? []), reply]);
  }
  const changes: ThreadChange[] = [];
  for (const [id, own] of byParent) {
    const parent = await MessageModel.findById(id).session(session).lean();
    if (!parent) throw new Error("A reply to a message that is not there.");
    changes.push(await addToThread(parent, own, rev + changes.length + 1, session));
  }
  return changes;
}

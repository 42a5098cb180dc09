import type { Message, MessagePage, PageQuery, Thread, ThreadCounts } from "@connectbest/contract";
import { Types, type ClientSession, type QueryFilter } from "mongoose";
import type { Actor } from "../../http/actor";
import { dateOf, decodeCursor, encodeCursor } from "../../http/cursor";
import { freshFollow } from "./add-replies";
import { hasRead } from "./changes";
import { ChannelModel } from "../channels/channels.model";
import { inChannelOrder } from "./channel-queue";
import { demandMember } from "./demand-member";
import { findReadableMessage } from "./find-message";
import { pageOf } from "./message-pages";
import { MessageModel, type MessageDocument } from "./messages.model";
import { presentMessages } from "./messages.presenter";
import { ThreadFollowModel, type ThreadFollowDocument } from "./thread-follows.model";
import { presentThread, publishThread } from "./thread-news";

/** The message that a thread hangs under, whichever of its messages is named. @throws not_found */
async function findRoot(actor: Actor, messageId: string): Promise<MessageDocument> {
  const { message } = await findReadableMessage(messageId, actor.userId);
  if (!message.parentId) return message;
  return (await findReadableMessage(message.parentId, actor.userId)).message;
}

const keyOf = (actor: Actor, root: MessageDocument) => ({
  userId: actor.userId,
  messageId: root._id,
  channelId: root.channelId,
});

async function standingIn(actor: Actor, root: MessageDocument): Promise<Thread> {
  const key = keyOf(actor, root);
  const follow = await ThreadFollowModel.findOne({ messageId: key.messageId, userId: key.userId }).lean();
  return presentThread(follow ?? { ...freshFollow(key), version: 0, isFollowing: false });
}

/** Changes the caller's row of a thread, made when there is none, and tells their devices. */
async function change(
  actor: Actor,
  root: MessageDocument,
  next: (row: ThreadFollowDocument, session: ClientSession) => Promise<Partial<ThreadFollowDocument> | null>,
): Promise<Thread> {
  // In line with the replies of this process, which write the same rows.
  const { row, isNews } = await inChannelOrder(root.channelId, async (session) => {
    // The replies of other processes write the channel, and so do those who take somebody out of it.
    await ChannelModel.updateOne({ _id: root.channelId }, { $inc: { marks: 1 } }, { session });
    await demandMember(root.channelId, actor.userId, session);
    const key = keyOf(actor, root);
    const found = await ThreadFollowModel.findOne({ messageId: key.messageId, userId: key.userId })
      .session(session)
      .lean();
    const row = found ?? { _id: new Types.ObjectId(), ...freshFollow(key), version: 0, isFollowing: false };
    const changed = await next(row, session);
    if (!changed) return { row, isNews: false };
    const replacement = { ...row, ...changed, version: row.version + 1 };
    replacement.isUnread = replacement.isFollowing && replacement.unreadCount > 0;
    await ThreadFollowModel.collection.replaceOne({ _id: row._id }, replacement, { upsert: true, session });
    return { row: replacement, isNews: true };
  });
  if (isNews) publishThread(row);
  return presentThread(row);
}

/** Counts exactly what others said after a place in a thread. */
async function countsAfter(
  { channelId, messageId, userId }: Pick<ThreadFollowDocument, "channelId" | "messageId" | "userId">,
  seq: number,
  session: ClientSession,
) {
  const unread = {
    channelId,
    parentId: messageId,
    seq: { $gt: seq },
    userId: { $ne: userId },
    deletedAt: { $exists: false },
  };
  const calling = { ...unread, $or: [{ mentions: userId }, { mentionsChannel: true }] };
  const unreadCount = await MessageModel.countDocuments(unread).session(session);
  return {
    unreadCount,
    mentionCount: unreadCount > 0 ? await MessageModel.countDocuments(calling).session(session) : 0,
  };
}

const lastReply = ({ channelId, _id }: MessageDocument, session: ClientSession) =>
  MessageModel.findOne({ channelId, parentId: _id }).sort({ seq: -1 }).session(session).lean();

export async function replies(
  actor: Actor,
  messageId: string,
  query: PageQuery,
): Promise<MessagePage & { thread: Thread }> {
  const root = await findRoot(actor, messageId);
  const page = await pageOf(root.channelId, query, root._id);
  return { ...page, thread: await standingIn(actor, root) };
}

export async function read(actor: Actor, messageId: string, seq: number): Promise<{ thread: Thread }> {
  const root = await findRoot(actor, messageId);
  let upTo = 0;
  const thread = await change(actor, root, async (row, session) => {
    upTo = Math.min(seq, (await lastReply(root, session))?.seq ?? 0);
    if (!row.isFollowing || upTo <= row.lastReadSeq) return null;
    return { lastReadSeq: upTo, ...(await countsAfter(row, upTo, session)) };
  });
  hasRead({ userId: actor.userId, channelId: root.channelId, rootId: root._id, seq: upTo });
  return { thread };
}

/** Unread from this reply on; whoever does that follows the thread. */
export async function markThreadUnread(actor: Actor, reply: MessageDocument): Promise<Thread> {
  const root = await findRoot(actor, reply._id.toHexString());
  return change(actor, root, async (row, session) => ({
    isFollowing: true,
    lastReadSeq: reply.seq - 1,
    lastReplyAt: root.lastReplyAt ?? reply.createdAt,
    ...(await countsAfter(row, reply.seq - 1, session)),
  }));
}

/** Who begins to follow has read what is there. */
export async function follow(actor: Actor, messageId: string): Promise<{ thread: Thread }> {
  const root = await findRoot(actor, messageId);
  const thread = await change(actor, root, async (row, session) => {
    if (row.isFollowing) return null;
    const last = await lastReply(root, session);
    return {
      isFollowing: true,
      lastReadSeq: last?.seq ?? row.lastReadSeq,
      unreadCount: 0,
      mentionCount: 0,
      lastReplyAt: root.lastReplyAt ?? null,
    };
  });
  return { thread };
}

export async function unfollow(actor: Actor, messageId: string): Promise<{ thread: Thread }> {
  const root = await findRoot(actor, messageId);
  const thread = await change(actor, root, async (row) =>
    row.isFollowing || row.version === 0 ? { isFollowing: false, unreadCount: 0, mentionCount: 0 } : null,
  );
  return { thread };
}

/** The threads that somebody follows, in two numbers. */
export async function countThreads(userId: Types.ObjectId): Promise<ThreadCounts> {
  const unread = await ThreadFollowModel.find(
    { userId, isFollowing: true, isUnread: true },
    { unreadCount: 1, mentionCount: 1 },
  ).lean();
  return {
    unreadCount: unread.length,
    mentionCount: unread.reduce((sum, row) => sum + row.mentionCount, 0),
  };
}

/** The key of the list's order: unread ones first, then by the latest reply; those without one come last. */
const placeOf = (row: ThreadFollowDocument): string =>
  `${row.isUnread ? 1 : 0} ${row.lastReplyAt?.toISOString() ?? ""}`;

function after(cursor: string | undefined): QueryFilter<ThreadFollowDocument>[] {
  const place = decodeCursor(cursor);
  if (!place) return [{ isUnread: true }, { isUnread: false }];
  const [group, at] = place.key.split(" ");
  const before = at === "" ? null : dateOf({ key: at ?? "", id: place.id });
  const lower = { $lt: new Types.ObjectId(place.id) };
  const rest: QueryFilter<ThreadFollowDocument> = {
    isUnread: group === "1",
    // Not `$lte`: that finds none of those without a reply.
    ...(before
      ? { lastReplyAt: { $not: { $gt: before } }, $or: [{ lastReplyAt: { $ne: before } }, { _id: lower }] }
      : { lastReplyAt: null, _id: lower }),
  };
  return group === "1" ? [rest, { isUnread: false }] : [rest];
}

export async function list(
  actor: Actor,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ threads: { thread: Thread; message: Message }[]; counts: ThreadCounts; nextCursor: string | null }> {
  const found: ThreadFollowDocument[] = [];
  for (const part of after(page.cursor)) {
    if (found.length > page.limit) break;
    const rows = await ThreadFollowModel.find({ userId: actor.userId, isFollowing: true, ...part })
      .sort({ isUnread: -1, lastReplyAt: -1, _id: -1 })
      .limit(page.limit + 1 - found.length)
      .lean();
    found.push(...rows);
  }
  const shown = found.slice(0, page.limit);
  const roots = await MessageModel.find({ _id: { $in: shown.map((row) => row.messageId) } }).lean();
  const messages = new Map((await presentMessages(roots)).map((message) => [message.id, message]));
  const last = shown.at(-1);
  return {
    threads: shown.flatMap((row) => {
      const message = messages.get(row.messageId.toHexString());
      return message ? [{ thread: presentThread(row), message }] : [];
    }),
    counts: await countThreads(actor.userId),
    nextCursor:
      found.length > shown.length && last ? encodeCursor({ key: placeOf(last), id: last._id.toHexString() }) : null,
  };
}

/** Who leaves a channel follows nothing in it any more. */
export const forgetThreads = (userId: Types.ObjectId, channelId: Types.ObjectId, session: ClientSession) =>
  ThreadFollowModel.deleteMany({ userId, channelId }, { session });

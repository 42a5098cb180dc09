import type { Forwarded } from "@connectbest/contract";
import { Types, type ClientSession } from "mongoose";
import { MemberModel } from "../channels/members.model";
import { claimFiles, shareFiles } from "../files/attach";
import type { Attachment } from "../files/files.model";
import { advanceChannel, excerptOf, type LastMessage } from "./advance-channel";
import { addReplies } from "./add-replies";
import type { Mentions } from "./mentions";
import { MessageModel, type MessageDocument } from "./messages.model";
import type { ThreadChange } from "./thread-news";

export interface Draft {
  channelId: Types.ObjectId;
  userId: Types.ObjectId;
  userName: string;
  content: string;
  clientMessageId: string;
  parentId?: Types.ObjectId | undefined;
  attachments?: Attachment[];
  forwarded?: Forwarded;
  mentions?: Mentions;
  /** A webhook speaks, under this name: it is no member and reads nothing. */
  bot?: { name: string };
  /** The author is not there: it was written before and leaves now. */
  isAbsent?: boolean;
}

/** A sender is no longer in the channel: found in the transaction, so that nothing is said after one has left. */
export class SenderLeft extends Error {}

const lastOf = (draft: Draft, id: Types.ObjectId, createdAt: Date): LastMessage => ({
  id,
  userId: draft.userId,
  userName: draft.bot?.name ?? draft.userName,
  excerpt: excerptOf(draft.content || (draft.attachments ?? []).map(({ name }) => name).join(", ")),
  createdAt,
});

const documentOf = (
  draft: Draft,
  place: Pick<MessageDocument, "_id" | "seq" | "position">,
  now: Date,
): MessageDocument => ({
  ...place,
  channelId: draft.channelId,
  rev: place.seq,
  userId: draft.userId,
  content: draft.content,
  clientMessageId: draft.clientMessageId,
  createdAt: now,
  updatedAt: now,
  parentId: draft.parentId ?? null,
  ...(draft.bot && { bot: draft.bot }),
  ...(draft.attachments?.length && { attachments: draft.attachments }),
  ...(draft.forwarded && { forwarded: draft.forwarded }),
  ...(draft.mentions?.userIds.length && { mentions: draft.mentions.userIds }),
  ...(draft.mentions?.everybody && { mentionsChannel: true as const }),
});

/** Each sender's own last message among these: what came before it they have read. */
function marksOf(drafts: Draft[], messages: MessageDocument[]): Map<string, MessageDocument> {
  const marks = new Map<string, MessageDocument>();
  messages.forEach((message, i) => {
    const draft = drafts[i];
    if (draft && !draft.bot && !draft.isAbsent && !draft.parentId) marks.set(message.userId.toHexString(), message);
  });
  return marks;
}

const callsFor = (message: MessageDocument, userId: string): boolean =>
  message.mentionsChannel === true || (message.mentions ?? []).some((id) => id.toHexString() === userId);

/** Who writes has read: each sender's mark moves to their own last message. */
async function moveReadMarks(marks: Map<string, MessageDocument>, messages: MessageDocument[], session: ClientSession) {
  if (marks.size === 0) return;
  const { matchedCount } = await MemberModel.collection.bulkWrite(
    [...marks].map(([id, { channelId, userId, seq, position }]) => ({
      updateOne: {
        filter: { channelId, userId },
        update: {
          $max: { lastReadSeq: seq, readCount: position },
          $set: {
            mentionCount: messages.filter((m) => m.seq > seq && !m.userId.equals(userId) && callsFor(m, id)).length,
          },
          $inc: { version: 1 },
        },
      },
    })),
    { session },
  );
  if (matchedCount < marks.size) throw new SenderLeft();
}

/** What leaves without its author being there is not unread to them all the same. */
async function passOver(
  drafts: Draft[],
  messages: MessageDocument[],
  marks: Map<string, MessageDocument>,
  session: ClientSession,
): Promise<void> {
  for (const [i, { channelId, userId, isAbsent, parentId }] of drafts.entries()) {
    if (!isAbsent || parentId) continue;
    // Read already by what its author wrote after it.
    if ((marks.get(userId.toHexString())?.seq ?? 0) > (messages[i]?.seq ?? 0)) continue;
    const { matchedCount } = await MemberModel.collection.updateOne(
      { channelId, userId },
      { $inc: { readCount: 1, version: 1 } },
      { session },
    );
    if (matchedCount === 0) throw new SenderLeft();
  }
}

/** Who replies in a thread must still be in its channel. */
async function checkRepliers(drafts: Draft[], session: ClientSession): Promise<void> {
  const repliers = new Map(
    drafts.flatMap(({ userId, bot, parentId }) => (parentId && !bot ? [[userId.toHexString(), userId] as const] : [])),
  );
  if (repliers.size === 0) return;
  const filter = { channelId: drafts[0]?.channelId, userId: { $in: [...repliers.values()] } };
  if ((await MemberModel.countDocuments(filter).session(session)) < repliers.size) throw new SenderLeft();
}

/** Counts the calls of messages that stand in the channel itself, but for what their receivers have read by writing. */
async function countMentions(marks: Map<string, MessageDocument>, messages: MessageDocument[], session: ClientSession) {
  // Theirs were counted as their marks moved.
  const writers = [...marks.keys()].map((id) => new Types.ObjectId(id));
  for (const { channelId, userId, seq, mentions, mentionsChannel } of messages) {
    if (!mentionsChannel && !mentions) continue;
    await MemberModel.collection.updateMany(
      {
        channelId,
        userId: { $nin: [userId, ...writers], ...(!mentionsChannel && { $in: mentions }) },
        lastReadSeq: { $lt: seq },
      },
      { $inc: { mentionCount: 1 } },
      { session },
    );
  }
}

/** All of `drafts` (of one channel, with distinct keys), in their order. The documents go to the driver as they are. */
export async function insertMessages(
  drafts: Draft[],
  session: ClientSession,
): Promise<{ messages: MessageDocument[]; threads: ThreadChange[] }> {
  const [first] = drafts;
  if (!first) return { messages: [], threads: [] };
  const { channelId } = first;
  const now = new Date();
  const ids = drafts.map(() => new Types.ObjectId());
  const parents = new Set(drafts.flatMap(({ parentId }) => parentId?.toHexString() ?? []));
  const counted = drafts.filter((draft) => !draft.parentId).length;
  const lastRoot = drafts.findLastIndex((draft) => !draft.parentId);
  const [last, lastId] = [drafts[lastRoot], ids[lastRoot]];
  const channel = await advanceChannel(
    channelId,
    {
      by: drafts.length + parents.size,
      messages: counted,
      ...(last && lastId && { lastMessage: lastOf(last, lastId, now) }),
    },
    session,
  );
  const start = channel.rev - drafts.length - parents.size;
  let position = channel.messageCount - counted;
  const messages = drafts.map((draft, i) => {
    if (!draft.parentId) position++;
    return documentOf(draft, { _id: ids[i] ?? new Types.ObjectId(), seq: start + i + 1, position }, now);
  });
  await MessageModel.collection.insertMany(messages, { session });
  const marks = marksOf(drafts, messages);
  await moveReadMarks(marks, messages, session);
  await passOver(drafts, messages, marks, session);
  await checkRepliers(drafts, session);
  const ownFiles = messages.filter(({ attachments, forwarded }) => attachments && !forwarded);
  await claimFiles(
    ownFiles.map(({ _id, userId, attachments = [] }) => ({
      fileIds: attachments.map(({ id }) => id),
      ownerId: userId,
      messageId: _id,
      channelId,
    })),
    session,
  );
  for (const { attachments, forwarded, _id } of messages)
    if (attachments && forwarded)
      await shareFiles(
        attachments.map(({ id }) => id),
        channelId,
        session,
        _id,
      );
  // A direct message calls those in it by itself.
  if (channel.type !== "dm")
    await countMentions(
      marks,
      messages.filter((m) => !m.parentId),
      session,
    );
  const replies = drafts.flatMap((draft, i) => {
    const message = messages[i];
    return message?.parentId ? [{ message, isAbsent: draft.isAbsent === true || draft.bot !== undefined }] : [];
  });
  const threads = await addReplies(replies, start + drafts.length, session);
  return { messages, threads };
}

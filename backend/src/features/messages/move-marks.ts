import { Types, type ClientSession } from "mongoose";
import { MemberModel } from "../channels/members.model";
import type { Draft } from "./draft";
import type { MessageDocument } from "./messages.model";

/** A sender is no longer in the channel: found in the transaction, so that nothing is said after one has left. */
export class SenderLeft extends Error {}

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

/**
 * Who writes has read: each sender's mark moves to their own last message.
 * @param inChannel what was said in the channel itself: the calls of replies are counted in their threads
 */
async function moveReadMarks(
  marks: Map<string, MessageDocument>,
  inChannel: MessageDocument[],
  session: ClientSession,
) {
  if (marks.size === 0) return;
  const { matchedCount } = await MemberModel.collection.bulkWrite(
    [...marks].map(([id, { channelId, userId, seq, position }]) => ({
      updateOne: {
        filter: { channelId, userId },
        update: {
          $max: { lastReadSeq: seq, readCount: position },
          $set: {
            mentionCount: inChannel.filter((m) => m.seq > seq && !m.userId.equals(userId) && callsFor(m, id)).length,
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

/**
 * Moves everybody's standing in a channel to what was said in it: who writes has read, who is called has one more call.
 * @param drafts and what became of them, in the same order
 * @throws SenderLeft
 */
export async function moveMarks(
  drafts: Draft[],
  messages: MessageDocument[],
  { isDirect }: { isDirect: boolean },
  session: ClientSession,
): Promise<void> {
  const marks = marksOf(drafts, messages);
  const inChannel = messages.filter((message) => !message.parentId);
  await moveReadMarks(marks, inChannel, session);
  await passOver(drafts, messages, marks, session);
  await checkRepliers(drafts, session);
  // A direct message calls those in it by itself.
  if (isDirect) return;
  await countMentions(marks, inChannel, session);
}

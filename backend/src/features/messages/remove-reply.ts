import type { Types } from "mongoose";
import { type ClientSession } from "mongoose";
import { shownParticipants } from "./add-replies";
import { MessageModel, type MessageDocument } from "./messages.model";
import { ThreadFollowModel, type ThreadFollowDocument } from "./thread-follows.model";

/** So far back the latest participants are looked for. */
const lookBack = 100;

const calls = (reply: MessageDocument, userId: Types.ObjectId): boolean =>
  reply.mentionsChannel === true || (reply.mentions ?? []).some((id) => id.equals(userId));

/** Those who had not read it have one less to read. */
async function uncount(reply: MessageDocument, session: ClientSession): Promise<ThreadFollowDocument[]> {
  const rows = await ThreadFollowModel.find({
    messageId: reply.parentId,
    userId: { $ne: reply.userId },
    isFollowing: true,
    lastReadSeq: { $lt: reply.seq },
    isUnread: true,
  })
    .session(session)
    .lean();
  const changed = rows.map((row): ThreadFollowDocument => {
    const unreadCount = Math.max(0, row.unreadCount - 1);
    const mentionCount = Math.max(0, row.mentionCount - (calls(reply, row.userId) ? 1 : 0));
    return { ...row, unreadCount, mentionCount, isUnread: unreadCount > 0, version: row.version + 1 };
  });
  if (changed.length > 0)
    await ThreadFollowModel.collection.bulkWrite(
      changed.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row } })),
      { session },
    );
  return changed;
}

/** Takes a reply (deleted already) out of its thread's counts. @param rev the revision that the thread's message takes */
export async function removeReply(
  reply: MessageDocument,
  rev: number,
  session: ClientSession,
): Promise<{ parent: MessageDocument; follows: ThreadFollowDocument[] }> {
  const { channelId, parentId } = reply;
  const left = await MessageModel.find({ channelId, parentId, deletedAt: { $exists: false } })
    .sort({ seq: -1 })
    .limit(lookBack)
    .session(session)
    .lean();
  const participants = new Map(left.map(({ userId }) => [userId.toHexString(), userId]));
  const lastReplyAt = left[0]?.createdAt;
  const participantIds = [...participants.values()].slice(0, shownParticipants);
  const parent = await MessageModel.findByIdAndUpdate(
    parentId,
    {
      $inc: { replyCount: -1 },
      $set: { rev, participantIds, ...(lastReplyAt && { lastReplyAt }) },
      ...(!lastReplyAt && { $unset: { lastReplyAt: 1 } }),
    },
    { session, returnDocument: "after" },
  ).lean();
  if (!parent) throw new Error("A reply to a message that is not there.");
  return { parent, follows: await uncount(reply, session) };
}

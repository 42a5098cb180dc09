import { userTopic, type Membership, type Thread } from "@connectbest/contract";
import type { ClientSession, Types } from "mongoose";
import { inTransaction } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { notFound } from "../../http/errors";
import { publish } from "../../realtime/publish";
import { findJoinedChannel } from "../channels/channel-access";
import { ChannelModel, type ChannelDocument } from "../channels/channels.model";
import { presentMembership } from "../channels/channels.presenter";
import { MemberModel, type MemberDocument } from "../channels/members.model";
import { hasRead } from "./changes";
import { inChannelOrder } from "./channel-queue";
import { findReadableMessage } from "./find-message";
import { MessageModel, type MessageDocument } from "./messages.model";
import { markThreadUnread } from "./threads.service";

interface Standing {
  channel: ChannelDocument;
  member: MemberDocument;
}
interface Answer {
  membership: Membership;
  rev: number;
}

/** What counts as unread after a place in the channel: said there by others, and still there. */
const unreadAfter = (channelId: Types.ObjectId, seq: number, userId: Types.ObjectId) => ({
  channelId,
  parentId: null,
  seq: { $gt: seq },
  userId: { $ne: userId },
  deletedAt: { $exists: false },
  note: { $exists: false },
});

/** Counts exactly: what was deleted and what they wrote themselves is not unread. Cheap at the end, where readers are. */
async function countsAfter({ channel, member }: Standing, seq: number, session: ClientSession) {
  if (seq >= channel.rev) return { readCount: channel.messageCount, mentionCount: 0 };
  const unread = unreadAfter(channel._id, seq, member.userId);
  const unreadCount = await MessageModel.countDocuments(unread).session(session);
  const calling = { ...unread, $or: [{ mentions: member.userId }, { mentionsChannel: true }] };
  const mentionCount =
    channel.type === "dm" || unreadCount === 0 ? 0 : await MessageModel.countDocuments(calling).session(session);
  return { readCount: channel.messageCount - unreadCount, mentionCount };
}

async function load(channelId: Types.ObjectId, userId: Types.ObjectId, session: ClientSession): Promise<Standing> {
  const channel = await ChannelModel.findById(channelId).session(session).lean();
  const member = await MemberModel.findOne({ channelId, userId }).session(session).lean();
  if (!channel || !member) throw notFound("This channel");
  return { channel, member };
}

async function moveTo(standing: Standing, seq: number, session: ClientSession): Promise<Standing> {
  const member = await MemberModel.findByIdAndUpdate(
    standing.member._id,
    { $set: { lastReadSeq: seq, ...(await countsAfter(standing, seq, session)) }, $inc: { version: 1 } },
    { session, returnDocument: "after" },
  ).lean();
  if (!member) throw notFound("This channel");
  return { channel: standing.channel, member };
}

function tell({ channel, member }: Standing): Answer {
  const answer = { membership: presentMembership(member, channel), rev: channel.rev };
  publish(userTopic(member.userId.toHexString()), {
    type: "membership.updated",
    channelId: channel._id.toHexString(),
    ...answer,
  });
  return answer;
}

/** Moves the reader's mark forward, never back, and clears the badge on all their devices. */
export async function markRead(actor: Actor, channelId: string, seq: number): Promise<Answer> {
  const { channel } = await findJoinedChannel(channelId, actor.userId);
  const { standing, moved } = await inTransaction(async (session) => {
    const standing = await load(channel._id, actor.userId, session);
    const upTo = Math.min(seq, standing.channel.rev);
    if (upTo <= standing.member.lastReadSeq) return { standing, moved: false };
    return { standing: await moveTo(standing, upTo, session), moved: true };
  });
  if (moved) {
    hasRead({ userId: actor.userId, channelId: channel._id, rootId: null, seq: standing.member.lastReadSeq });
    return tell(standing);
  }
  return { membership: presentMembership(standing.member, standing.channel), rev: standing.channel.rev };
}

/** Moves the mark back to just before a message of the channel itself. */
async function markChannelUnread(actor: Actor, message: MessageDocument): Promise<Answer> {
  const standing = await inChannelOrder(message.channelId, async (session) => {
    // A deletion beside this would not know that the message it takes away is about to be unread: they take turns.
    await ChannelModel.updateOne({ _id: message.channelId }, { $inc: { marks: 1 } }, { session });
    return moveTo(await load(message.channelId, actor.userId, session), message.seq - 1, session);
  });
  return tell(standing);
}

/** Unread from here: in the channel, or for a reply in its thread. */
export async function markUnread(
  actor: Actor,
  messageId: string,
): Promise<{ membership: Membership | null; thread: Thread | null; rev: number }> {
  const { message, channel } = await findReadableMessage(messageId, actor.userId);
  if (message.parentId) return { membership: null, thread: await markThreadUnread(actor, message), rev: channel.rev };
  return { ...(await markChannelUnread(actor, message)), thread: null };
}

import { userTopic, type Membership } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { notFound } from "../../http/errors";
import { publish } from "../../realtime/publish";
import { findJoinedChannel } from "../channels/channel-access";
import { presentMembership } from "../channels/channels.presenter";
import { MemberModel } from "../channels/members.model";
import { MessageModel } from "./messages.model";

/** How many messages the channel had up to a revision: one look at an index, however many they are. */
async function countUpTo(channelId: Types.ObjectId, seq: number): Promise<number> {
  const last = await MessageModel.findOne({ channelId, seq: { $lte: seq } }, { position: 1 })
    .sort({ seq: -1 })
    .lean();
  return last?.position ?? 0;
}

/** Moves the reader's mark forward, never back, and clears the badge on all their devices. */
export async function markRead(actor: Actor, channelId: string, seq: number): Promise<{ membership: Membership }> {
  const { channel, member } = await findJoinedChannel(channelId, actor.userId);
  const upTo = Math.min(seq, channel.rev);
  const readCount = await countUpTo(channel._id, upTo);
  const updated = await MemberModel.findByIdAndUpdate(
    member._id,
    { $max: { lastReadSeq: upTo, readCount } },
    { returnDocument: "after" },
  ).lean();
  if (!updated) throw notFound("This channel");
  // Counted after the mark has moved: what came in meanwhile is unread, and must not be cleared from other devices.
  const membership = presentMembership(updated, (await findJoinedChannel(channelId, actor.userId)).channel);
  publish(userTopic(actor.userId.toHexString()), {
    type: "read",
    channelId,
    lastReadSeq: membership.lastReadSeq,
    unreadCount: membership.unreadCount,
  });
  return { membership };
}

import { userTopic, type Channel, type ChannelMember, type ChannelRole } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { ApiError, conflict, forbidden, notFound } from "../../http/errors";
import { publish } from "../../realtime/publish";
import { record } from "../audit/audit.service";
import { findJoinedChannel, findVisibleChannel } from "../channels/channel-access";
import { viewFor } from "../channels/channel-views";
import { ChannelModel } from "../channels/channels.model";
import { canAddMember, canJoin, canLeave, canManage, isOpen } from "../channels/channels.policy";
import { presentMember } from "../channels/channels.presenter";
import { MemberModel } from "../channels/members.model";
import { inChannelOrder } from "../messages/channel-queue";
import { findPresentUser, findUser } from "../users/users.service";
import { admit, publishRole, remove } from "./membership";

export async function join(actor: Actor, channelId: string): Promise<{ channel: Channel }> {
  const { channel, member } = await findVisibleChannel(channelId, actor.userId);
  if (member) return { channel: await viewFor(channelId, actor.userId) };
  if (!isOpen(channel)) throw forbidden("This channel is archived: nobody can join it any more.");
  if (!canJoin(channel)) throw notFound("This channel");
  await admit(channel._id, await findUser(actor.userId), "member");
  return { channel: await viewFor(channelId, actor.userId) };
}

/** Leaving twice is leaving once. */
export async function leave(actor: Actor, channelId: string): Promise<void> {
  const { channel, member } = await findVisibleChannel(channelId, actor.userId);
  if (!canLeave(channel)) throw forbidden("A direct message cannot be left.");
  if (!member) return;
  await remove(channel._id, await findUser(actor.userId), actor.userId);
}

export async function add(
  actor: Actor,
  channelId: string,
  body: { userId: string; role: ChannelRole },
): Promise<{ member: ChannelMember }> {
  const { channel, member } = await findJoinedChannel(channelId, actor.userId);
  if (!canAddMember(channel, member, body.role))
    throw forbidden(
      channel.type === "dm"
        ? "Nobody can be added to a direct message. Create a channel instead."
        : "Only a channel administrator can make somebody an administrator.",
    );
  if (!isOpen(channel)) throw forbidden("This channel is archived: nobody can be added to it any more.");
  const user = await findPresentUser(body.userId);
  if (await admit(channel._id, user, body.role, actor.userId))
    await record({
      kind: "membership_changed",
      actor,
      target: user._id.toHexString(),
      ip: actor.ip,
      note: `added to ${channelId} as ${body.role}`,
    });
  const added = await MemberModel.findOne({ channelId: channel._id, userId: user._id }).lean();
  if (!added) throw notFound("This person");
  return { member: presentMember(added, user) };
}

const ask = "Only the channel's administrators can do this.";

/** What one may do in a channel has changed: their devices are told, if they have not left since. */
async function tellOwn(channelId: string, userId: Types.ObjectId): Promise<void> {
  try {
    publish(userTopic(userId.toHexString()), { type: "channel.updated", channel: await viewFor(channelId, userId) });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "not_found") throw error;
  }
}

export async function setRole(
  actor: Actor,
  channelId: string,
  userId: string,
  role: ChannelRole,
): Promise<{ member: ChannelMember }> {
  const { channel, member } = await findVisibleChannel(channelId, actor.userId);
  if (!canManage(channel, member, actor)) throw forbidden(ask);
  const user = await findUser(userId);
  const changed = await inChannelOrder(channel._id, async (session) => {
    // Two who step down at once must not both find the other still there.
    await ChannelModel.updateOne({ _id: channel._id }, { $inc: { marks: 1 } }, { session });
    const updated = await MemberModel.findOneAndUpdate(
      { channelId: channel._id, userId: user._id },
      { $set: { role }, $inc: { version: 1 } },
      { returnDocument: "after", session },
    ).lean();
    if (!updated) throw notFound("This member");
    if (!(await MemberModel.exists({ channelId: channel._id, role: "admin" }).session(session)))
      throw conflict("A channel needs an administrator: make somebody else one first.");
    return updated;
  });
  publishRole(channelId, changed);
  await tellOwn(channelId, changed.userId);
  await record({
    kind: "membership_changed",
    actor,
    target: userId,
    ip: actor.ip,
    note: `${role} of ${channelId}`,
  });
  return { member: presentMember(changed, user) };
}

/** Taking somebody out who is not in it is no fault. */
export async function removeMember(actor: Actor, channelId: string, userId: string): Promise<void> {
  const { channel, member } = await findVisibleChannel(channelId, actor.userId);
  if (userId === actor.userId.toHexString()) return leave(actor, channelId);
  if (!canManage(channel, member, actor)) throw forbidden(ask);
  const user = await findUser(userId);
  await remove(channel._id, user, actor.userId);
  await record({
    kind: "membership_changed",
    actor,
    target: userId,
    ip: actor.ip,
    note: `removed from ${channelId}`,
  });
}

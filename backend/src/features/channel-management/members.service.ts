import { userTopic, type Channel, type ChannelMember, type ChannelRole } from "@connectbest/contract";
import { Types, type ClientSession } from "mongoose";
import { isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { conflict, forbidden, notFound } from "../../http/errors";
import { publish, subscribe, unsubscribe } from "../../realtime/publish";
import { record } from "../audit/audit.service";
import { findJoinedChannel, findVisibleChannel } from "../channels/channel-access";
import { viewChannel, viewFor, viewForAll } from "../channels/channel-views";
import { ChannelModel, type ChannelDocument } from "../channels/channels.model";
import { canAddMember, canJoin, canLeave, canManage, isOpen } from "../channels/channels.policy";
import { presentMember } from "../channels/channels.presenter";
import { MemberModel, newcomer, type MemberDocument } from "../channels/members.model";
import { advanceChannel } from "../messages/advance-channel";
import { inChannelOrder } from "../messages/channel-queue";
import type { MessageDocument } from "../messages/messages.model";
import { addNote, publishNote } from "../messages/notes";
import { forgetThreads } from "../messages/threads.service";
import { presentUser, type VisibleUser } from "../users/users.presenter";
import { findPresentUser, findUser } from "../users/users.service";

interface Joined {
  channel: ChannelDocument;
  member: MemberDocument;
  note: MessageDocument;
}

async function countMember(channelId: Types.ObjectId, session: ClientSession): Promise<ChannelDocument> {
  const channel = await ChannelModel.findByIdAndUpdate(
    channelId,
    { $inc: { memberCount: 1 } },
    { returnDocument: "after", session },
  ).lean();
  if (!channel) throw notFound("This channel");
  return channel;
}

/** A newcomer has nothing unread: their reading starts where the channel stands. */
const insertMember = (
  channelId: Types.ObjectId,
  userId: Types.ObjectId,
  role: ChannelRole,
  by: Types.ObjectId,
): Promise<Joined> =>
  inChannelOrder(channelId, async (session) => {
    const note = await addNote(
      by.equals(userId) ? { channelId, kind: "joined", by } : { channelId, kind: "added", by, to: userId },
      session,
    );
    const channel = await countMember(channelId, session);
    const member: MemberDocument = {
      _id: new Types.ObjectId(),
      channelId,
      userId,
      role,
      joinedAt: new Date(),
      lastReadSeq: channel.rev,
      readCount: channel.messageCount,
      ...newcomer,
    };
    await MemberModel.create([member], { session });
    return { channel, member, note };
  });

/** Makes somebody a member and tells those concerned; `null` when they were one already. */
export async function admit(
  channelId: Types.ObjectId,
  user: VisibleUser,
  role: ChannelRole,
  by: Types.ObjectId = user._id,
): Promise<Joined | null> {
  // Spares the transaction; whoever comes in beside this is stopped by the index.
  if (await MemberModel.exists({ channelId, userId: user._id })) return null;
  let joined: Joined;
  try {
    joined = await insertMember(channelId, user._id, role, by);
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
  const [id, userId] = [channelId.toHexString(), user._id.toHexString()];
  await subscribe([userId], id);
  // Whoever left while that was written must not go on listening.
  if (!(await MemberModel.exists({ _id: joined.member._id }))) await unsubscribe(userId, id);
  publish(userTopic(userId), { type: "channel.updated", channel: await viewChannel(joined.channel, joined.member) });
  publish(id, {
    type: "member.joined",
    channelId: id,
    user: presentUser(user),
    memberCount: joined.channel.memberCount,
  });
  await publishNote(joined.note, joined.channel);
  return joined;
}

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

/** A channel without administrators could never be renamed again: the longest-standing member becomes one. */
async function findHeir(channelId: Types.ObjectId, session: ClientSession): Promise<MemberDocument | null> {
  if (await ChannelModel.exists({ _id: channelId, type: "dm" }).session(session)) return null;
  if (await MemberModel.exists({ channelId, role: "admin" }).session(session)) return null;
  return MemberModel.findOneAndUpdate(
    { channelId },
    { $set: { role: "admin" }, $inc: { version: 1 } },
    { sort: { joinedAt: 1, _id: 1 }, returnDocument: "after", session },
  ).lean();
}

const publishRole = (channelId: string, member: MemberDocument): void =>
  publish(channelId, {
    type: "member.updated",
    channelId,
    userId: member.userId.toHexString(),
    role: member.role,
  });

const noteLeaving = (
  channelId: Types.ObjectId,
  userId: Types.ObjectId,
  by: Types.ObjectId,
  session: ClientSession,
): Promise<MessageDocument> =>
  addNote(
    by.equals(userId) ? { channelId, kind: "left", by } : { channelId, kind: "removed", by, to: userId },
    session,
  );

/**
 * Takes somebody out of a channel, if they are in it, and tells those concerned.
 * @param by who does it; absent when their account goes, of which nothing is noted
 */
export async function remove(channelId: Types.ObjectId, user: VisibleUser, by?: Types.ObjectId): Promise<void> {
  const left = await inChannelOrder(channelId, async (session) => {
    const { deletedCount } = await MemberModel.deleteOne({ channelId, userId: user._id }, { session });
    if (deletedCount === 0) return null;
    await forgetThreads(user._id, channelId, session);
    await ChannelModel.updateOne({ _id: channelId }, { $inc: { memberCount: -1 } }, { session });
    const note = by && (await noteLeaving(channelId, user._id, by, session));
    // Whoever missed the event must find that something has changed.
    if (!note) await advanceChannel(channelId, { by: 1, evenArchived: true }, session);
    const heir = await findHeir(channelId, session);
    const channel = await ChannelModel.findById(channelId).session(session).lean();
    if (!channel) throw notFound("This channel");
    return { channel, heir, note };
  });
  if (!left) return;
  const [id, userId] = [channelId.toHexString(), user._id.toHexString()];
  await unsubscribe(userId, id);
  publish(userTopic(userId), { type: "channel.removed", channelId: id });
  publish(id, {
    type: "member.left",
    channelId: id,
    user: presentUser(user),
    memberCount: left.channel.memberCount,
  });
  if (left.heir) publishRole(id, left.heir);
  if (left.note) await publishNote(left.note, left.channel);
  else publish(id, { type: "channel.updated", channel: await viewForAll(left.channel) });
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
  publish(userTopic(userId), { type: "channel.updated", channel: await viewFor(channelId, user._id) });
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

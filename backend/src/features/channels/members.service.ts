import { userTopic, type Channel, type ChannelMember } from "@connectbest/contract";
import { Types, type QueryFilter } from "mongoose";
import { inTransaction, isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { dateOf, decodeCursor, encodeCursor } from "../../http/cursor";
import { forbidden, notFound } from "../../http/errors";
import { publish, subscribe, unsubscribe } from "../../realtime/publish";
import { record } from "../audit/audit.service";
import { presentUser, type VisibleUser } from "../users/users.presenter";
import { findPresentUser, findUser, loadUsers } from "../users/users.service";
import { findJoinedChannel, findVisibleChannel } from "./channel-access";
import { viewChannel } from "./channel-views";
import { ChannelModel, type ChannelDocument } from "./channels.model";
import { canAddMember, canJoin, canLeave } from "./channels.policy";
import { presentMember } from "./channels.presenter";
import { MemberModel, type MemberDocument } from "./members.model";

interface Joined {
  channel: ChannelDocument;
  member: MemberDocument;
}

/** A newcomer has nothing unread: their reading starts where the channel stands. */
const insertMember = (
  channelId: Types.ObjectId,
  userId: Types.ObjectId,
  role: MemberDocument["role"],
): Promise<Joined> =>
  inTransaction(async (session) => {
    const channel = await ChannelModel.findByIdAndUpdate(
      channelId,
      { $inc: { memberCount: 1 } },
      { returnDocument: "after", session },
    ).lean();
    if (!channel) throw notFound("This channel");
    const member: MemberDocument = {
      _id: new Types.ObjectId(),
      channelId,
      userId,
      role,
      joinedAt: new Date(),
      lastReadSeq: channel.rev,
      readCount: channel.messageCount,
    };
    await MemberModel.create([member], { session });
    return { channel, member };
  });

/** Makes somebody a member and tells those concerned; `null` when they were one already. */
export async function admit(
  channelId: Types.ObjectId,
  user: VisibleUser,
  role: MemberDocument["role"],
): Promise<Joined | null> {
  let joined: Joined;
  try {
    joined = await insertMember(channelId, user._id, role);
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
  return joined;
}

export async function join(actor: Actor, channelId: string): Promise<{ channel: Channel }> {
  const { channel, member } = await findVisibleChannel(channelId, actor.userId);
  if (member) return { channel: await viewChannel(channel, member) };
  if (!canJoin(channel)) throw notFound("This channel");
  await admit(channel._id, await findUser(actor.userId), "member");
  const now = await findJoinedChannel(channelId, actor.userId);
  return { channel: await viewChannel(now.channel, now.member) };
}

/** Leaving twice is leaving once. */
export async function leave(actor: Actor, channelId: string): Promise<void> {
  const { channel, member } = await findVisibleChannel(channelId, actor.userId);
  if (!canLeave(channel)) throw forbidden("A direct message cannot be left.");
  if (!member) return;
  await remove(channel._id, await findUser(actor.userId));
}

/** Takes somebody out of a channel, if they are in it, and tells those concerned. */
export async function remove(channelId: Types.ObjectId, user: VisibleUser): Promise<void> {
  const left = await inTransaction(async (session) => {
    const { deletedCount } = await MemberModel.deleteOne({ channelId, userId: user._id }, { session });
    if (deletedCount === 0) return null;
    return ChannelModel.findByIdAndUpdate(
      channelId,
      { $inc: { memberCount: -1 } },
      { returnDocument: "after", session },
    ).lean();
  });
  if (!left) return;
  const [id, userId] = [channelId.toHexString(), user._id.toHexString()];
  await unsubscribe(userId, id);
  publish(userTopic(userId), { type: "channel.removed", channelId: id });
  publish(id, { type: "member.left", channelId: id, user: presentUser(user), memberCount: left.memberCount });
}

export async function list(
  actor: Actor,
  channelId: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ members: ChannelMember[]; nextCursor: string | null }> {
  const { channel } = await findVisibleChannel(channelId, actor.userId);
  const after = decodeCursor(page.cursor);
  const joinedAfter = after && dateOf(after);
  const filter: QueryFilter<MemberDocument> = {
    channelId: channel._id,
    ...(after && {
      joinedAt: { $gte: joinedAfter },
      $or: [{ joinedAt: { $gt: joinedAfter } }, { _id: { $gt: new Types.ObjectId(after.id) } }],
    }),
  };
  const found = await MemberModel.find(filter)
    .sort({ joinedAt: 1, _id: 1 })
    .limit(page.limit + 1)
    .lean();
  const shown = found.slice(0, page.limit);
  const users = new Map((await loadUsers(shown.map((m) => m.userId))).map((user) => [user._id.toHexString(), user]));
  const last = shown.at(-1);
  return {
    members: shown.flatMap((member) => {
      const user = users.get(member.userId.toHexString());
      return user ? [presentMember(member, user)] : [];
    }),
    nextCursor:
      found.length > shown.length && last
        ? encodeCursor({ key: last.joinedAt.toISOString(), id: last._id.toHexString() })
        : null,
  };
}

export async function add(
  actor: Actor,
  channelId: string,
  body: { userId: string; role: MemberDocument["role"] },
): Promise<{ member: ChannelMember }> {
  const { channel, member } = await findJoinedChannel(channelId, actor.userId);
  if (!canAddMember(channel, member, body.role))
    throw forbidden(
      channel.type === "dm"
        ? "Nobody can be added to a direct message. Create a channel instead."
        : "Only a channel administrator can make somebody an administrator.",
    );
  const user = await findPresentUser(body.userId);
  if (await admit(channel._id, user, body.role))
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

import { userTopic, type Channel } from "@connectbest/contract";
import { Types, type QueryFilter } from "mongoose";
import { inTransaction, isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { decodeCursor, encodeCursor } from "../../http/cursor";
import { conflict, notFound } from "../../http/errors";
import { publish, subscribe } from "../../realtime/publish";
import { loadUsers } from "../users/users.service";
import { loadMemberships, viewChannel, viewChannels, viewFor } from "./channel-views";
import { ChannelModel, type ChannelDocument } from "./channels.model";
import { MemberModel, newcomer, type MemberDocument } from "./members.model";

const activityOf = (channel: ChannelDocument): number =>
  (channel.lastMessage?.createdAt ?? channel.createdAt).getTime();

export async function listMine(actor: Actor, only?: "dm"): Promise<{ channels: Channel[] }> {
  const mine = (await loadMemberships(actor.userId)).filter(({ channel }) => !only || channel.type === only);
  const memberOf = new Map(mine.map(({ channel, member }) => [channel, member]));
  const channels = mine.map(({ channel }) => channel).sort((a, b) => activityOf(b) - activityOf(a));
  return { channels: await viewChannels(channels, (channel) => memberOf.get(channel) ?? null) };
}

export async function browse(
  actor: Actor,
  { query, limit, cursor }: { query?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ channels: Channel[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor);
  const prefix = query?.toLowerCase().replace(/^#/, "") ?? "";
  const filter: QueryFilter<ChannelDocument> = {
    publicName: { ...(after ? { $gt: after.key } : { $gte: prefix }), $lt: `${prefix}\u{10FFFF}` },
  };
  const found = await ChannelModel.find(filter)
    .sort({ publicName: 1 })
    .limit(limit + 1)
    .lean();
  const channels = found.slice(0, limit);
  const members = await MemberModel.find({
    userId: actor.userId,
    channelId: { $in: channels.map((c) => c._id) },
  }).lean();
  const memberOf = new Map(members.map((member) => [member.channelId.toHexString(), member]));
  const last = channels.at(-1);
  return {
    channels: await viewChannels(channels, (channel) => memberOf.get(channel._id.toHexString()) ?? null),
    nextCursor:
      found.length > channels.length && last
        ? encodeCursor({ key: last.name ?? "", id: last._id.toHexString() })
        : null,
  };
}

export async function get(actor: Actor, channelId: string): Promise<{ channel: Channel }> {
  return { channel: await viewFor(channelId, actor.userId) };
}

/** Writes a channel and its first members at once, lets their sockets hear it, and shows it on all their devices. */
export async function createWithMembers(
  draft: Pick<ChannelDocument, "type" | "name" | "description" | "createdBy"> & Partial<ChannelDocument>,
  roles: Map<string, MemberDocument["role"]>,
): Promise<{ channel: ChannelDocument; members: MemberDocument[] }> {
  const createdAt = new Date();
  const channel: ChannelDocument = {
    isDefault: false,
    rev: 0,
    messageCount: 0,
    lastMessage: null,
    ...draft,
    _id: new Types.ObjectId(),
    createdAt,
    memberCount: roles.size,
  };
  const members = [...roles].map(([userId, role]): MemberDocument => ({
    _id: new Types.ObjectId(),
    channelId: channel._id,
    userId: new Types.ObjectId(userId),
    role,
    joinedAt: createdAt,
    lastReadSeq: 0,
    readCount: 0,
    ...newcomer,
  }));
  await inTransaction(async (session) => {
    await ChannelModel.create([channel], { session });
    await MemberModel.insertMany(members, { session });
  });
  await subscribe([...roles.keys()], channel._id.toHexString());
  await announce(channel, members);
  return { channel, members };
}

/** Tells each member's own devices of a channel, with their own standing in it. */
async function announce(channel: ChannelDocument, members: MemberDocument[]): Promise<void> {
  for (const member of members) {
    const view = await viewChannel(channel, member);
    publish(userTopic(member.userId.toHexString()), { type: "channel.updated", channel: view });
  }
}

export async function create(
  actor: Actor,
  body: { name: string; description?: string | undefined; type: "public" | "private"; memberIds: string[] },
): Promise<{ channel: Channel }> {
  const me = actor.userId.toHexString();
  const others = [...new Set(body.memberIds)].filter((id) => id !== me);
  const present = (await loadUsers(others)).filter((user) => !user.deletedAt);
  if (present.length < others.length) throw notFound("One of these people");
  const roles = new Map<string, MemberDocument["role"]>([
    [me, "admin"],
    ...others.map((id) => [id, "member"] as const),
  ]);
  try {
    const { channel, members } = await createWithMembers(
      {
        type: body.type,
        name: body.name,
        ...(body.type === "public" && { publicName: body.name }),
        description: body.description || null,
        createdBy: actor.userId,
      },
      roles,
    );
    return { channel: await viewChannel(channel, members[0] ?? null) };
  } catch (error) {
    if (isDuplicateKey(error))
      throw conflict(`There is a public channel #${body.name} already. Choose another name, or join it.`);
    throw error;
  }
}

import type { Types } from "mongoose";
import { ChannelModel } from "../channels/channels.model";
import { canRead } from "../channels/channels.policy";
import { MemberModel } from "../channels/members.model";
import type { ReadableChannel } from "./query/resolve-query";

/** All channels that somebody may read, as the database says now. */
export async function findReadableChannels(userId: Types.ObjectId): Promise<ReadableChannel[]> {
  const members = await MemberModel.find({ userId }, { channelId: 1, role: 1 }).lean();
  const byChannel = new Map(members.map((member) => [member.channelId.toHexString(), member]));
  const ids = members.map(({ channelId }) => channelId);
  const channels = await ChannelModel.find({ _id: { $in: ids } }, { name: 1, type: 1, dmKey: 1, rev: 1 }).lean();
  return channels.filter((channel) => canRead(channel, byChannel.get(channel._id.toHexString()) ?? null));
}

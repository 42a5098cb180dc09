import type { Types } from "mongoose";
import { notFound } from "../../http/errors";
import { ChannelModel, type ChannelDocument } from "./channels.model";
import { canRead, canSee } from "./channels.policy";
import { MemberModel, type MemberDocument } from "./members.model";

interface Standing<M> {
  channel: ChannelDocument;
  member: M;
}

async function load(channelId: Types.ObjectId | string, userId: Types.ObjectId | string) {
  const [channel, member] = await Promise.all([
    ChannelModel.findById(channelId).lean(),
    MemberModel.findOne({ channelId, userId }).lean(),
  ]);
  return { channel, member };
}

/** A channel that the user may know of. @throws not_found, for what does not exist and what they may not see alike */
export async function findVisibleChannel(
  channelId: Types.ObjectId | string,
  userId: Types.ObjectId | string,
): Promise<Standing<MemberDocument | null>> {
  const { channel, member } = await load(channelId, userId);
  if (!channel || !canSee(channel, member)) throw notFound("This channel");
  return { channel, member };
}

/** A channel that the user is in. @throws not_found */
export async function findJoinedChannel(
  channelId: Types.ObjectId | string,
  userId: Types.ObjectId | string,
): Promise<Standing<MemberDocument>> {
  const { channel, member } = await load(channelId, userId);
  if (!channel || !member || !canRead(channel, member)) throw notFound("This channel");
  return { channel, member };
}

import { Types } from "mongoose";
import { notFound } from "../../http/errors";
import { ChannelModel, type ChannelDocument } from "./channels.model";
import { canRead, canSee } from "./channels.policy";
import { MemberModel, type MemberDocument } from "./members.model";

interface Standing<M> {
  channel: ChannelDocument;
  member: M;
}

/** Stands before everything done in a channel: asks the driver itself, as `findActor` does. */
async function load(channelId: Types.ObjectId | string, userId: Types.ObjectId) {
  const _id = new Types.ObjectId(channelId);
  const [channel, member] = await Promise.all([
    ChannelModel.collection.findOne<ChannelDocument>({ _id }),
    MemberModel.collection.findOne<MemberDocument>({ channelId: _id, userId }),
  ]);
  return { channel, member };
}

/** A channel that the user may know of. @throws not_found, for what does not exist and what they may not see alike */
export async function findVisibleChannel(
  channelId: Types.ObjectId | string,
  userId: Types.ObjectId,
): Promise<Standing<MemberDocument | null>> {
  const { channel, member } = await load(channelId, userId);
  if (!channel || !canSee(channel, member)) throw notFound("This channel");
  return { channel, member };
}

/** A channel that the user is in. @throws not_found */
export async function findJoinedChannel(
  channelId: Types.ObjectId | string,
  userId: Types.ObjectId,
): Promise<Standing<MemberDocument>> {
  const { channel, member } = await load(channelId, userId);
  if (!channel || !member || !canRead(channel, member)) throw notFound("This channel");
  return { channel, member };
}

import { Types, type ClientSession } from "mongoose";
import { notFound } from "../../http/errors";
import { ChannelModel, type ChannelDocument } from "./channels.model";
import { canRead, canSee } from "./channels.policy";
import { MemberModel, type MemberDocument } from "./members.model";

interface Standing<M> {
  channel: ChannelDocument;
  member: M;
}

/** Stands before everything done in a channel: asks the driver itself, as `findActor` does. */
async function load(channelId: Types.ObjectId | string, userId: Types.ObjectId, session?: ClientSession) {
  const _id = new Types.ObjectId(channelId);
  const options = session ? { session } : {};
  const findChannel = () => ChannelModel.collection.findOne<ChannelDocument>({ _id }, options);
  const findMember = () => MemberModel.collection.findOne<MemberDocument>({ channelId: _id, userId }, options);
  // A transaction does one thing after the other.
  if (session) return { channel: await findChannel(), member: await findMember() };
  const [channel, member] = await Promise.all([findChannel(), findMember()]);
  return { channel, member };
}

/**
 * A channel that the user may know of. With a session the two are of one moment.
 * @throws not_found, for what does not exist and what they may not see alike
 */
export async function findVisibleChannel(
  channelId: Types.ObjectId | string,
  userId: Types.ObjectId,
  session?: ClientSession,
): Promise<Standing<MemberDocument | null>> {
  const { channel, member } = await load(channelId, userId, session);
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

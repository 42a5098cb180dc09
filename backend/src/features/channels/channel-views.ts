import type { Channel } from "@connectbest/contract";
import type { Types } from "mongoose";
import { loadUsers } from "../users/users.service";
import { ChannelModel, type ChannelDocument } from "./channels.model";
import { presentChannel } from "./channels.presenter";
import { MemberModel, type MemberDocument } from "./members.model";

const participantIds = (channel: ChannelDocument): string[] => channel.dmKey?.split(",") ?? [];

/** Presents channels to one person, with the participants of direct messages loaded at once. */
export async function viewChannels(
  channels: ChannelDocument[],
  memberOf: (channel: ChannelDocument) => MemberDocument | null,
): Promise<Channel[]> {
  const users = await loadUsers([...new Set(channels.flatMap(participantIds))]);
  const byId = new Map(users.map((user) => [user._id.toHexString(), user]));
  return channels.map((channel) => {
    const participants = participantIds(channel).flatMap((id) => byId.get(id) ?? []);
    return presentChannel(channel, memberOf(channel), channel.type === "dm" ? participants : undefined);
  });
}

export async function viewChannel(channel: ChannelDocument, member: MemberDocument | null): Promise<Channel> {
  const [view] = await viewChannels([channel], () => member);
  if (!view) throw new Error("One channel in, one view out.");
  return view;
}

/** A user's memberships with their channels. */
export async function loadMemberships(
  userId: Types.ObjectId,
): Promise<{ channel: ChannelDocument; member: MemberDocument }[]> {
  const ids = (await MemberModel.find({ userId }, { channelId: 1 }).lean()).map((member) => member.channelId);
  const channels = await ChannelModel.find({ _id: { $in: ids } }).lean();
  // Read marks last: a message of one's own that comes in meanwhile must not show as unread.
  const members = await MemberModel.find({ userId, channelId: { $in: ids } }).lean();
  const byId = new Map(channels.map((channel) => [channel._id.toHexString(), channel]));
  return members.flatMap((member) => {
    const channel = byId.get(member.channelId.toHexString());
    return channel ? [{ channel, member }] : [];
  });
}

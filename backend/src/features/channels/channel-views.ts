import type { Channel } from "@connectbest/contract";
import type { Types } from "mongoose";
import { inTransaction } from "../../db/transaction";
import { loadUsers } from "../users/users.service";
import { findVisibleChannel } from "./channel-access";
import { ChannelModel, type ChannelDocument } from "./channels.model";
import { presentChannel } from "./channels.presenter";
import { MemberModel, type MemberDocument } from "./members.model";

const participantIds = (channel: ChannelDocument): string[] => channel.dmKey?.split(",") ?? [];

/** Presents channels to one person, with the participants of direct messages loaded at once. */
export async function viewChannels(
  channels: ChannelDocument[],
  memberOf: (channel: ChannelDocument) => MemberDocument | null | "all",
): Promise<Channel[]> {
  const users = await loadUsers([...new Set(channels.flatMap(participantIds))]);
  const byId = new Map(users.map((user) => [user._id.toHexString(), user]));
  return channels.map((channel) => {
    const participants = participantIds(channel).flatMap((id) => byId.get(id) ?? []);
    return presentChannel(channel, memberOf(channel), channel.type === "dm" ? participants : undefined);
  });
}

/** For an event to everybody in a channel. */
export const viewForAll = (channel: ChannelDocument): Promise<Channel> => viewChannel(channel, "all");

export async function viewChannel(channel: ChannelDocument, member: MemberDocument | null | "all"): Promise<Channel> {
  const [view] = await viewChannels([channel], () => member);
  if (!view) throw new Error("One channel in, one view out.");
  return view;
}

/**
 * A user's memberships with their channels, all of one moment: counts of one revision beside the marks of another would be
 * wrong for good.
 */
export const loadMemberships = (
  userId: Types.ObjectId,
): Promise<{ channel: ChannelDocument; member: MemberDocument }[]> =>
  inTransaction(async (session) => {
    const members = await MemberModel.find({ userId }).session(session).lean();
    const ids = members.map((member) => member.channelId);
    const channels = await ChannelModel.find({ _id: { $in: ids } })
      .session(session)
      .lean();
    const byId = new Map(channels.map((channel) => [channel._id.toHexString(), channel]));
    return members.flatMap((member) => {
      const channel = byId.get(member.channelId.toHexString());
      return channel ? [{ channel, member }] : [];
    });
  });

/** A channel as one person sees it, with their standing of the same moment. @throws not_found when they may not see it */
export async function viewFor(channelId: Types.ObjectId | string, userId: Types.ObjectId): Promise<Channel> {
  const { channel, member } = await inTransaction((session) => findVisibleChannel(channelId, userId, session));
  return viewChannel(channel, member);
}

import type { Channel, ChannelSync, Draft, Section, ThreadCounts } from "@connectbest/contract";
import type { Actor } from "../../http/actor";
import type { ChannelDocument } from "../channels/channels.model";
import { presentMembership } from "../channels/channels.presenter";
import { sectionsOf } from "../channel-management/preferences.service";
import { loadMemberships, viewChannel, viewChannels } from "../channels/channel-views";
import type { MemberDocument } from "../channels/members.model";
import { draftsOf } from "../later/drafts.service";
import { MessageModel } from "../messages/messages.model";
import { presentMessages } from "../messages/messages.presenter";
import { countThreads } from "../messages/threads.service";
import { countUnread } from "../notifications/count-unread";

/** Past this many changes a fresh page is cheaper than a list of them. */
export const changeLimit = 500;
/** Changes that one answer lists in all; channels past it are `limited`. */
export const answerLimit = 1000;
/** Channels looked into at once. */
const breadth = 4;

async function changesSince(
  rev: number,
  { channel, member }: { channel: ChannelDocument; member: MemberDocument },
  limit: number,
): Promise<ChannelSync> {
  const unchanged = { id: channel._id.toHexString(), membership: presentMembership(member, channel), channel: null };
  if (channel.rev <= rev) return { ...unchanged, rev: channel.rev, messages: [], limited: false };
  const level = { ...unchanged, channel: await viewChannel(channel, member) };
  // Up to the revision read with the counts, so that the answer is one moment; what came since is the next sync's.
  const changed = await MessageModel.find({ channelId: channel._id, rev: { $gt: rev, $lte: channel.rev } })
    .sort({ rev: 1 })
    .limit(limit + 1)
    .lean();
  if (changed.length > limit) return { ...level, rev: channel.rev, messages: [], limited: true };
  return { ...level, rev: channel.rev, messages: await presentMessages(changed), limited: false };
}

/** @param held the revision that the client holds of each of its channels, by id */
export async function sync(
  actor: Actor,
  held: Record<string, number>,
): Promise<{
  channels: ChannelSync[];
  removed: string[];
  added: Channel[];
  threads: ThreadCounts;
  notifications: { unreadCount: number };
  drafts: Draft[];
  sections: Section[];
}> {
  const mine = await loadMemberships(actor.userId);
  const byId = new Map(mine.map((entry) => [entry.channel._id.toHexString(), entry]));
  const added = mine.filter(({ channel }) => held[channel._id.toHexString()] === undefined);
  const memberOf = new Map(added.map(({ channel, member }) => [channel, member]));
  const kept = Object.entries(held).flatMap(([id, rev]) => {
    const entry = byId.get(id);
    return entry ? [{ rev, entry }] : [];
  });
  const channels: ChannelSync[] = [];
  for (let start = 0, left = answerLimit; start < kept.length; start += breadth) {
    const limit = Math.min(changeLimit, left);
    const some = kept.slice(start, start + breadth).map(({ rev, entry }) => changesSince(rev, entry, limit));
    const answers = await Promise.all(some);
    left = Math.max(0, left - answers.reduce((sum, answer) => sum + answer.messages.length, 0));
    channels.push(...answers);
  }
  return {
    channels,
    removed: Object.keys(held).filter((id) => !byId.has(id)),
    added: await viewChannels([...memberOf.keys()], (channel) => memberOf.get(channel) ?? null),
    threads: await countThreads(actor.userId),
    notifications: { unreadCount: await countUnread(actor.userId) },
    drafts: await draftsOf(actor.userId),
    sections: await sectionsOf(actor.userId),
  };
}

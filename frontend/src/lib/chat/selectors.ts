import type { Channel, User } from "@connectbest/contract";
import { standingNow } from "./standing";
import type { ChannelState, ChatState, OutboxEntry, Room } from "./state";
import { spotKey } from "./spot";
import type { Spot } from "./spot";

/** The other person of a direct message. */
export const partnerOf = (channel: Channel, meId: string): User | undefined =>
  channel.participants?.find((person) => person.id !== meId) ?? channel.participants?.[0];

/** The others of a direct message; me, where I write to myself. */
export function othersOf(channel: Channel, meId: string): readonly User[] {
  const others = channel.participants?.filter((person) => person.id !== meId) ?? [];
  return others.length > 0 ? others : (channel.participants?.slice(0, 1) ?? []);
}

/** A direct message of more than two. */
export const isGroup = (channel: Channel): boolean => channel.type === "dm" && (channel.participants?.length ?? 0) > 2;

/** How people call a channel, without `#`; a direct message by those who are in it. */
export const titleOf = (channel: Channel, meId: string): string =>
  channel.name ??
  othersOf(channel, meId)
    .map(({ name }) => (isGroup(channel) ? (name.split(" ")[0] ?? name) : name))
    .join(", ");

export const unreadOf = ({ standing }: ChannelState): number => standingNow(standing).unreadCount;

const byName = (a: ChannelState, b: ChannelState): number =>
  (a.channel.name ?? "").localeCompare(b.channel.name ?? "", undefined, { numeric: true });

const activityOf = ({ channel }: ChannelState): string => channel.lastMessage?.createdAt ?? channel.createdAt;
const byActivity = (a: ChannelState, b: ChannelState): number => activityOf(b).localeCompare(activityOf(a));

type Channels = ChatState["channels"];

/** Channels by name; direct messages, latest first. */
export const sortedChannels = (channels: Channels): ChannelState[] =>
  Object.values(channels ?? {})
    .filter(({ channel }) => channel.type !== "dm")
    .sort(byName);

export const sortedConversations = (channels: Channels): ChannelState[] =>
  Object.values(channels ?? {})
    .filter(({ channel }) => channel.type === "dm")
    .sort(byActivity);

export const conversationWith = (channels: Channels, userId: string, meId: string): ChannelState | undefined =>
  Object.values(channels ?? {}).find(
    ({ channel }) => channel.type === "dm" && !isGroup(channel) && partnerOf(channel, meId)?.id === userId,
  );

/** What waits for me; a muted channel waits only with what calls me. */
export const totalUnread = (channels: Channels): number =>
  Object.values(channels ?? {}).reduce((sum, { standing }) => {
    const { unreadCount, mentionCount } = standingNow(standing);
    return sum + (standing.membership.muted ? mentionCount : unreadCount);
  }, 0);

export const roomOf = (state: ChatState, spot: Spot): Room | undefined => state.rooms[spotKey(spot)];

/** What I wrote there and has not left. */
export const outboxOf = (outbox: readonly OutboxEntry[], spot: Spot): OutboxEntry[] =>
  outbox.filter((entry) => spotKey(entry) === spotKey(spot));

import type { Channel, User } from "@connectbest/contract";
import { standingNow } from "./standing";
import type { ChannelState, ChatState, OutboxEntry, Room } from "./state";
import { emptyRoom } from "./state";

/** The other person of a direct message. */
export const partnerOf = (channel: Channel, meId: string): User | undefined =>
  channel.participants?.find((person) => person.id !== meId) ?? channel.participants?.[0];

/** How people call a channel; without `#`. */
export const titleOf = (channel: Channel, meId: string): string =>
  channel.name ?? partnerOf(channel, meId)?.name ?? "Direct message";

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
  Object.values(channels ?? {}).find(({ channel }) => channel.type === "dm" && partnerOf(channel, meId)?.id === userId);

export const totalUnread = (channels: Channels): number =>
  Object.values(channels ?? {}).reduce((sum, channel) => sum + unreadOf(channel), 0);

export const roomOf = (state: ChatState, channelId: string): Room => state.rooms[channelId] ?? emptyRoom;

export const outboxOf = (outbox: readonly OutboxEntry[], channelId: string): OutboxEntry[] =>
  outbox.filter((entry) => entry.channelId === channelId);

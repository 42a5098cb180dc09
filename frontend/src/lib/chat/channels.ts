import type { Channel, ChannelSync, Message } from "@connectbest/contract";
import { hear, settle } from "./level";
import { takeIn } from "./room";
import { withMessage, withReading, withTruth } from "./standing";
import type { ChannelState, ChatState } from "./state";

const withChannelState = (state: ChatState, id: string, next: ChannelState): ChatState => ({
  ...state,
  channels: { ...state.channels, [id]: next },
});

/** A channel as the server describes it: mine with its membership, or the plain facts of one that I know already. */
export function withChannel(state: ChatState, channel: Channel): ChatState {
  const known = state.channels?.[channel.id];
  if (!known) return channel.membership ? withChannelState(state, channel.id, added(channel)) : state;
  const isNewer = channel.rev >= known.channel.rev;
  const merged: Channel = {
    ...channel,
    rev: Math.max(channel.rev, known.channel.rev),
    lastMessage: isNewer ? channel.lastMessage : known.channel.lastMessage,
    participants: channel.participants ?? known.channel.participants,
  };
  const standing = channel.membership ? withTruth(known.standing, channel.membership, channel.rev) : known.standing;
  return withChannelState(state, channel.id, {
    ...known,
    channel: merged,
    standing,
    head: Math.max(known.head, channel.rev),
  });
}

function added(channel: Channel): ChannelState {
  const membership = channel.membership as NonNullable<Channel["membership"]>;
  return {
    channel,
    standing: withTruth(undefined, membership, channel.rev),
    level: channel.rev,
    ahead: [],
    head: channel.rev,
  };
}

/** The whole list of my channels: those not in it are no longer mine. */
export function withChannelList(state: ChatState, channels: readonly Channel[]): ChatState {
  const mine = new Set(channels.map((channel) => channel.id));
  const kept = Object.entries(state.channels ?? {}).filter(([id]) => mine.has(id));
  return channels.reduce(withChannel, { ...state, channels: Object.fromEntries(kept) });
}

export function withoutChannel(state: ChatState, id: string): ChatState {
  if (!state.channels?.[id]) return state;
  const { [id]: _channel, ...channels } = state.channels;
  const { [id]: _room, ...rooms } = state.rooms;
  const { [id]: _typing, ...typing } = state.typing;
  return { ...state, channels, rooms, typing };
}

/** The one way a message comes in: from an event, an acknowledgement, a REST answer or a sync. */
export function withMessageIn(state: ChatState, message: Message): ChatState {
  const mine = message.userId === state.me.id;
  const outbox = mine
    ? state.outbox.filter((entry) => entry.clientMessageId !== message.clientMessageId)
    : state.outbox;
  const room = state.rooms[message.channelId];
  const next: ChatState = {
    ...state,
    outbox: outbox.length === state.outbox.length ? state.outbox : outbox,
    rooms: room ? { ...state.rooms, [message.channelId]: takeIn(room, message) } : state.rooms,
  };
  const known = state.channels?.[message.channelId];
  if (!known) return next;
  const isLatest = message.seq >= known.channel.rev || known.channel.lastMessage === null;
  return withChannelState(next, message.channelId, {
    ...hear(known, message.rev),
    standing: withMessage(known.standing, message.seq, mine),
    channel: {
      ...known.channel,
      rev: Math.max(known.channel.rev, message.rev),
      lastMessage: isLatest ? lastMessageOf(message) : known.channel.lastMessage,
    },
  });
}

const lastMessageOf = ({ id, userId, user, content, createdAt }: Message): NonNullable<Channel["lastMessage"]> => ({
  id,
  userId,
  userName: user.name,
  excerpt: content.replace(/\s+/g, " ").trim().slice(0, 140),
  createdAt,
});

export function withReadUpTo(state: ChatState, id: string, lastReadSeq: number, unreadCount: number): ChatState {
  const known = state.channels?.[id];
  if (!known) return state;
  const standing = withReading(known.standing, lastReadSeq, unreadCount);
  return standing === known.standing ? state : withChannelState(state, id, { ...known, standing });
}

/** What a sync says of one channel: its messages, then the truth about it as of `sync.rev`. */
export function withChannelSync(state: ChatState, sync: ChannelSync): ChatState {
  const taken = sync.messages.reduce(withMessageIn, state);
  const known = taken.channels?.[sync.id];
  if (!known) return taken;
  const room = taken.rooms[sync.id];
  const next = withChannelState(taken, sync.id, {
    ...settle(known, sync.rev),
    standing: withTruth(known.standing, sync.membership, sync.rev),
    channel: { ...known.channel, rev: Math.max(known.channel.rev, sync.rev) },
  });
  if (!sync.limited || !room) return next;
  return { ...next, rooms: { ...next.rooms, [sync.id]: { ...room, isStale: true } } };
}

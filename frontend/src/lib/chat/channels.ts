import type { Channel, ChannelSync, Membership, Message } from "@connectbest/contract";
import { hear, settle } from "./level";
import { spotKey } from "./spot";
import { withRootIfKnown } from "./threads";
import { takeIn } from "./room";
import type { Standing } from "./standing";
import { withAnswer, withMessage, withReading, withTruth } from "./standing";
import type { ChannelState, ChatState, RecentMessage } from "./state";

const withChannelState = (state: ChatState, id: string, next: ChannelState): ChatState => ({
  ...state,
  channels: { ...state.channels, [id]: next },
});

/** A channel as the server describes it: mine with its membership, or the plain facts of one that I know already. */
export function withChannel(state: ChatState, channel: Channel): ChatState {
  const known = state.channels?.[channel.id];
  if (!known) return channel.membership ? withChannelState(state, channel.id, added(channel)) : state;
  const standing = channel.membership ? withTruth(known.standing, channel.membership, channel.rev) : known.standing;
  const told: ChannelState = { ...known, standing, head: Math.max(known.head, channel.rev) };
  if (channel.rev < known.factsRev) return withChannelState(state, channel.id, told);
  const next: ChannelState = {
    ...told,
    channel: {
      ...channel,
      rev: Math.max(channel.rev, known.channel.rev),
      participants: channel.participants ?? known.channel.participants,
    },
    factsRev: channel.rev,
    factsLast: channel.lastMessage,
  };
  return withChannelState(state, channel.id, withLast(next));
}

function added(channel: Channel): ChannelState {
  const membership = channel.membership as NonNullable<Channel["membership"]>;
  return {
    channel,
    factsRev: channel.rev,
    factsLast: channel.lastMessage,
    recent: [],
    standing: withTruth(undefined, membership, channel.rev),
    level: channel.rev,
    ahead: [],
    head: channel.rev,
  };
}

/** What stands last: the newest heard of since the channel was described, or else what its description said. */
function withLast(known: ChannelState): ChannelState {
  const { recent, factsRev, factsLast } = known;
  const newest = recent
    .filter((message) => message.last && message.seq > factsRev)
    .reduce<RecentMessage | null>((best, message) => (best && best.seq > message.seq ? best : message), null);
  const edited = recent.find((message) => message.rev > factsRev && message.last && message.last.id === factsLast?.id);
  return { ...known, channel: { ...known.channel, lastMessage: (newest ?? edited)?.last ?? factsLast } };
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
  const { [id]: _typing, ...typing } = state.typing;
  const rooms = Object.entries(state.rooms).filter(([, room]) => room.spot.channelId !== id);
  const threads = Object.entries(state.threads).filter(
    ([, { root, standing }]) => (root ?? standing)?.channelId !== id,
  );
  return { ...state, channels, rooms: Object.fromEntries(rooms), threads: Object.fromEntries(threads), typing };
}

/** The one way a message comes in: from an event, an acknowledgement, a REST answer or a sync. */
export function withMessageIn(state: ChatState, message: Message, isDeletion = false): ChatState {
  const mine = message.userId === state.me.id;
  const outbox = mine
    ? state.outbox.filter((entry) => entry.clientMessageId !== message.clientMessageId)
    : state.outbox;
  const key = spotKey(message);
  const room = state.rooms[key];
  const next = withRootIfKnown(
    {
      ...state,
      outbox: outbox.length === state.outbox.length ? state.outbox : outbox,
      rooms: room ? { ...state.rooms, [key]: takeIn(room, message) } : state.rooms,
    },
    message,
  );
  const known = state.channels?.[message.channelId];
  if (!known) return next;
  const ear = { meId: state.me.id, isDirect: known.channel.type === "dm", isDeletion };
  const heard: ChannelState = {
    ...hear(known, message.rev),
    standing: withMessage(known.standing, message, ear),
    recent: withRecent(known.recent, message),
    channel: { ...known.channel, rev: Math.max(known.channel.rev, message.rev) },
  };
  return withChannelState(next, message.channelId, withLast(heard));
}

/** So many messages are looked back on for the last one. */
const lookBack = 20;

function withRecent(recent: ChannelState["recent"], message: Message): ChannelState["recent"] {
  const { seq, rev } = message;
  if (message.type !== "user" || message.parentMessageId !== null) return recent;
  if (recent.some((known) => known.seq === seq && known.rev >= rev)) return recent;
  const next = { seq, rev, last: message.isDeleted ? null : lastMessageOf(message) };
  return [...recent.filter((known) => known.seq !== seq), next].slice(-lookBack);
}

const lastMessageOf = ({ id, userId, user, content, attachments, createdAt }: Message) => ({
  id,
  userId,
  userName: user.name,
  excerpt: (content || attachments.map(({ name }) => name).join(", ")).replace(/\s+/g, " ").trim().slice(0, 140),
  createdAt,
});

const withStanding = (state: ChatState, id: string, change: (standing: Standing) => Standing): ChatState => {
  const known = state.channels?.[id];
  if (!known) return state;
  const standing = change(known.standing);
  return standing === known.standing ? state : withChannelState(state, id, { ...known, standing });
};

/** I have read this much here; the server will be told. */
export const withReadUpTo = (state: ChatState, id: string, seq: number): ChatState =>
  withStanding(state, id, (standing) => withReading(standing, seq));

/** The server has been told. */
export const withReadAnswer = (state: ChatState, id: string, membership: Membership, rev: number): ChatState =>
  withStanding(state, id, (standing) => withAnswer(standing, membership, rev));

/** I want to read it again: what this device had read by itself counts no more. */
export const withUnread = (state: ChatState, id: string, membership: Membership, rev: number): ChatState =>
  withStanding(state, id, (standing) => withTruth({ ...standing, localRead: null }, membership, rev));

/** I did something to a channel on another device. */
export const withMembership = (state: ChatState, id: string, membership: Membership, rev: number): ChatState =>
  withStanding(state, id, (standing) => withTruth(standing, membership, rev));

/** What a sync says of one channel: its messages, then the truth about it as of `sync.rev`. */
export function withChannelSync(state: ChatState, sync: ChannelSync): ChatState {
  const heard = sync.messages.reduce((next, message) => withMessageIn(next, message), state);
  const taken = sync.channel ? withChannel(heard, sync.channel) : heard;
  const known = taken.channels?.[sync.id];
  if (!known) return taken;
  const next = withChannelState(taken, sync.id, {
    ...settle(known, sync.rev),
    standing: withTruth(known.standing, sync.membership, sync.rev),
    channel: { ...known.channel, rev: Math.max(known.channel.rev, sync.rev) },
  });
  if (!sync.limited) return next;
  const rooms = Object.entries(next.rooms).map(([key, room]) =>
    room.spot.channelId === sync.id ? [key, { ...room, isStale: true }] : [key, room],
  );
  return { ...next, rooms: Object.fromEntries(rooms) as ChatState["rooms"] };
}

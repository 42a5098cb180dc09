import type { User } from "@connectbest/contract";
import { roomLimit } from "@/lib/chat/room";
import { emptyRoom } from "@/lib/chat/state";
import type { ChatState, Room } from "@/lib/chat/state";
import type { ThreadState } from "@/lib/chat/threads";

/** Raised when what is kept changes its form: older snapshots are then left alone. */
const version = 1;
/** Of each room its latest messages, and of the rooms those that were read last. */
const kept = { messages: 100, rooms: 40 };

/** What of the chat can be read again without the server. */
export interface Snapshot {
  readonly version: number;
  /** Of each channel: every change up to it is in here. */
  readonly levels: Readonly<Record<string, number>>;
  readonly rooms: Readonly<Record<string, Pick<Room, "spot" | "messages" | "hasMoreBefore">>>;
  readonly threads: Readonly<Record<string, ThreadState>>;
  readonly people: Readonly<Record<string, User>>;
}

/** Rooms are in the order in which they were opened; those that do not reach the newest message are not worth keeping. */
export function snapshotOf({ channels, rooms, threads, people }: ChatState): Snapshot {
  const whole = Object.entries(rooms).filter(
    ([, room]) => room.isLoaded && !room.hasMoreAfter && !room.isStale && room.messages.length > 0,
  );
  const latest = whole.slice(-kept.rooms);
  const roots = new Set(latest.map(([, room]) => room.spot.parentMessageId));
  return {
    version,
    levels: Object.fromEntries(Object.values(channels ?? {}).map(({ channel, level }) => [channel.id, level])),
    rooms: Object.fromEntries(
      latest.map(([key, { spot, messages, hasMoreBefore }]) => [
        key,
        {
          spot,
          messages: messages.slice(-kept.messages),
          hasMoreBefore: hasMoreBefore || messages.length > kept.messages,
        },
      ]),
    ),
    // With their replies only: the sync does not tell of a root in a channel that is complete already.
    threads: Object.fromEntries(Object.entries(threads).filter(([rootId]) => roots.has(rootId))),
    people,
  };
}

/**
 * The state with what was kept beneath it: rooms that are not loaded yet show what they held. Their channels' levels go back
 * to where the snapshot stood, so that the next sync brings what has happened since.
 */
export function withSnapshot(state: ChatState, snapshot: Snapshot): ChatState {
  if (snapshot.version !== version || !state.channels) return state;
  const channels = { ...state.channels };
  const rooms = { ...state.rooms };
  const threads = { ...state.threads };
  for (const [key, { spot, messages, hasMoreBefore }] of Object.entries(snapshot.rooms)) {
    const channel = channels[spot.channelId];
    const level = snapshot.levels[spot.channelId];
    const room = rooms[key] ?? emptyRoom(spot);
    const isWanted = !room.isLoaded && (room.loading === null || room.loading === "newest");
    if (!channel || level === undefined || !isWanted) continue;
    rooms[key] = { ...room, messages: messages.slice(-roomLimit), hasMoreBefore, isLoaded: true };
    const rootId = spot.parentMessageId;
    const thread = rootId && snapshot.threads[rootId];
    if (thread) threads[rootId] ??= thread;
    if (level < channel.level) channels[spot.channelId] = { ...channel, level, ahead: [] };
  }
  return {
    ...state,
    channels,
    rooms,
    threads,
    people: { ...snapshot.people, ...state.people },
  };
}

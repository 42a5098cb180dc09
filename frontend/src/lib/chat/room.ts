import type { Message, MessagePage } from "@connectbest/contract";
import type { PageDirection, Room } from "./state";

/** What is kept in memory of one channel; beyond it the far end is let go and paged in again when wanted. */
export const roomLimit = 600;

/** Takes in one message as it is now: upserted when newer, placed by `seq`, ignored where its stretch is not loaded. */
export function takeIn(room: Room, message: Message): Room {
  const incoming = room.loading === null ? room.incoming : [...room.incoming, message];
  if (!room.isLoaded) return { ...room, incoming };
  return { ...room, incoming, messages: placed(room, message) };
}

function placed(room: Room, message: Message): readonly Message[] {
  const { messages } = room;
  const at = indexFrom(messages, message.seq);
  const there = messages[at];
  if (there?.seq === message.seq)
    return there.rev >= message.rev ? messages : [...messages.slice(0, at), message, ...messages.slice(at + 1)];
  if (at === messages.length && room.hasMoreAfter) return messages;
  if (at === 0 && room.hasMoreBefore && messages.length > 0) return messages;
  return [...messages.slice(0, at), message, ...messages.slice(at)];
}

/** The first index whose `seq` is at least this. */
function indexFrom(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle] as Message).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const withLoading = (room: Room, loading: PageDirection): Room => ({
  ...room,
  loading,
  incoming: [],
  error: null,
});

export const withLoadError = (room: Room, error: string): Room => ({ ...room, loading: null, incoming: [], error });

/** A page arrived. `newest` and `around` replace what was loaded, the others extend it. */
export function withPage(room: Room, page: MessagePage, direction: PageDirection): Room {
  const extended = {
    newest: page,
    around: page,
    before: {
      messages: joined(page.messages, room.messages),
      hasMoreBefore: page.hasMoreBefore,
      hasMoreAfter: room.hasMoreAfter,
    },
    after: {
      messages: joined(room.messages, page.messages),
      hasMoreBefore: room.hasMoreBefore,
      hasMoreAfter: page.hasMoreAfter,
    },
  }[direction];
  const loaded: Room = {
    ...room,
    ...extended,
    isLoaded: true,
    isStale: false,
    loading: null,
    incoming: [],
    error: null,
  };
  return trimmed(room.incoming.reduce(takeIn, loaded), direction);
}

/** Older and newer stretches put together; where they overlap, the newer revision stands. */
function joined(older: readonly Message[], newer: readonly Message[]): readonly Message[] {
  const bySeq = new Map<number, Message>();
  for (const message of [...older, ...newer])
    if ((bySeq.get(message.seq)?.rev ?? -1) < message.rev) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

function trimmed(room: Room, direction: PageDirection): Room {
  if (room.messages.length <= roomLimit) return room;
  if (direction === "before") return { ...room, messages: room.messages.slice(0, roomLimit), hasMoreAfter: true };
  return { ...room, messages: room.messages.slice(-roomLimit), hasMoreBefore: true };
}

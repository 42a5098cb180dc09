import type { Event, Membership, Thread } from "@connectbest/contract";
import { applyEvent } from "@/lib/chat/apply-event";
import { withPage } from "@/lib/chat/room";
import { unreadOf } from "@/lib/chat/selectors";
import type { ChannelState } from "@/lib/chat/state";
import { emptyRoom } from "@/lib/chat/state";
import { createChatStore } from "@/lib/chat/store";
import {
  aChannel,
  aMembership,
  aMessage,
  aState,
  aThread,
  channelId,
  id,
  messages,
  rootId,
  spot,
} from "@/testing/factories";
import { Reader } from "./reader";

interface Call {
  messageId: string;
  answer(what: { membership: Membership | null; thread: Thread | null; rev: number }): void;
  fail(): void;
}

const setUp = ({ lastReadSeq = 3, unreadCount = 0 } = {}) => {
  const membership = aMembership({ lastReadSeq, unreadCount });
  const page = { messages: messages(1, 3), hasMoreBefore: false, hasMoreAfter: false };
  const store = createChatStore({
    ...aState(aChannel({ rev: 3, membership })),
    rooms: { [channelId]: withPage(emptyRoom(spot), page, "newest") },
  });
  const world = { isAttending: true, told: [] as number[], fail: false, unread: [] as Call[] };
  const reader = new Reader({
    store,
    isAttending: () => world.isAttending,
    markRead: async (_, seq) => {
      world.told.push(seq);
      if (world.fail) throw new Error("no");
      return { membership: { ...membership, lastReadSeq: seq, unreadCount: 0, version: 100 + seq }, rev: seq };
    },
    markUnread: (messageId) =>
      new Promise((answer, reject) => world.unread.push({ messageId, answer, fail: () => reject(new Error("no")) })),
  });
  const arrives = (seq: number) => {
    const message = aMessage(seq);
    store.update((state) => applyEvent(state, { type: "message.created", channelId, rev: seq, message }, 0));
    reader.consider();
  };
  /** The server says that I have read only up to here. */
  const unreadFrom = (lastReadSeq: number) =>
    ({ ...membership, lastReadSeq, unreadCount: 3 - lastReadSeq, version: 10 }) satisfies Membership;
  const hears = (event: Event) => {
    store.update((state) => applyEvent(state, event, 0));
    reader.consider();
  };
  const unread = () => unreadOf(store.get().channels?.[channelId] as ChannelState);
  const divider = () => store.get().rooms[channelId]?.newSince;
  return { store, reader, world, arrives, hears, unreadFrom, unread, divider };
};
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("opening an unread channel sets the divider and, at the bottom, reads it", async () => {
  const { reader, world, unread, divider } = setUp({ lastReadSeq: 1, unreadCount: 2 });
  reader.open(channelId);
  expect(divider()).toBe(1);
  reader.scrolled(channelId, true);
  expect(unread()).toBe(0);
  await pass(1_000);
  expect(world.told).toEqual([3]);
  expect(divider()).toBe(1);
});

test("what arrives before my eyes is read at once, and told in one call", async () => {
  const { reader, world, arrives, unread, divider } = setUp();
  reader.open(channelId);
  reader.scrolled(channelId, true);
  arrives(4);
  arrives(5);
  expect(unread()).toBe(0);
  await pass(1_000);
  expect(world.told).toEqual([5]);
  expect(divider()).toBeNull();
});

test.each([
  ["scrolled up", true, false],
  ["in another window", false, true],
])("while I am %s it stays unread, under a divider", async (_, isAttending, isAtBottom) => {
  const { reader, world, arrives, unread, divider } = setUp();
  reader.open(channelId);
  reader.scrolled(channelId, isAtBottom);
  world.isAttending = isAttending;
  arrives(4);
  await pass(1_000);
  expect(unread()).toBe(1);
  expect(divider()).toBe(3);
  expect(world.told).toEqual([]);
  world.isAttending = true;
  reader.scrolled(channelId, true);
  await pass(1_000);
  expect(world.told).toEqual([4]);
});

test("marking as read by hand takes the divider away", async () => {
  const { reader, world, divider } = setUp({ lastReadSeq: 1, unreadCount: 2 });
  reader.open(channelId);
  reader.clearDivider();
  await pass(1_000);
  expect(divider()).toBeNull();
  expect(world.told).toEqual([3]);
});

test("what could not be told is told when the connection is back", async () => {
  const { reader, world } = setUp({ lastReadSeq: 1, unreadCount: 2 });
  world.fail = true;
  reader.open(channelId);
  reader.scrolled(channelId, true);
  await pass(1_000);
  world.fail = false;
  reader.flush();
  await pass(1_000);
  reader.flush();
  await pass(1_000);
  expect(world.told).toEqual([3, 3]);
});

/** Everything read, at the bottom, before my eyes. */
const reading = () => {
  const set = setUp();
  set.reader.open(channelId);
  set.reader.scrolled(channelId, true);
  return set;
};

test("what I mark as unread stays so while I look at it, under a divider", async () => {
  const { reader, world, unread, divider, unreadFrom } = reading();
  const marked = reader.markUnread(aMessage(2));
  expect(world.unread[0]?.messageId).toBe(aMessage(2).id);
  world.unread[0]?.answer({ membership: unreadFrom(1), thread: null, rev: 3 });
  await marked;
  expect([unread(), divider()]).toEqual([2, 1]);
  reader.scrolled(channelId, true);
  await pass(1_000);
  expect(unread()).toBe(2);
  expect(world.told).toEqual([]);
});

test("and it is read when I come back", async () => {
  const { reader, world, unread, unreadFrom } = reading();
  const marked = reader.markUnread(aMessage(2));
  world.unread[0]?.answer({ membership: unreadFrom(1), thread: null, rev: 3 });
  await marked;
  reader.open(id(101));
  reader.open(channelId);
  reader.scrolled(channelId, true);
  await pass(1_000);
  expect(world.told).toEqual([3]);
  expect(unread()).toBe(0);
});

test("its event, here before the answer, is not read away", async () => {
  const { reader, world, unread, hears, unreadFrom } = reading();
  const marked = reader.markUnread(aMessage(2));
  hears({ type: "membership.updated", channelId, rev: 3, membership: unreadFrom(1) });
  await pass(1_000);
  expect(world.told).toEqual([]);
  world.unread[0]?.answer({ membership: unreadFrom(1), thread: null, rev: 3 });
  await marked;
  await pass(1_000);
  expect(world.told).toEqual([]);
  expect(unread()).toBe(2);
});

test("a reading that was about to be told is not told after it", async () => {
  const { reader, world, arrives, unreadFrom } = reading();
  arrives(4);
  const marked = reader.markUnread(aMessage(2));
  await pass(1_000);
  world.unread[0]?.answer({ membership: unreadFrom(1), thread: null, rev: 4 });
  await marked;
  await pass(1_000);
  expect(world.told).toEqual([]);
});

test("where marking as unread is refused, reading goes on as before", async () => {
  const { reader, world, arrives } = reading();
  arrives(4);
  const marked = reader.markUnread(aMessage(2));
  world.unread[0]?.fail();
  await expect(marked).rejects.toThrow("no");
  await pass(1_000);
  expect(world.told).toEqual([4]);
  arrives(5);
  await pass(1_000);
  expect(world.told).toEqual([4, 5]);
});

test("a reply marked as unread is unread in its thread, and the channel is read on", async () => {
  const { reader, world, store, arrives, divider } = reading();
  arrives(4);
  const marked = reader.markUnread(aMessage(3, { parentMessageId: rootId }));
  const thread = aThread({ lastReadSeq: 2, unreadCount: 1 });
  world.unread[0]?.answer({ membership: null, thread, rev: 4 });
  await marked;
  await pass(1_000);
  expect(store.get().threads[rootId]?.standing).toEqual(thread);
  expect(world.told).toEqual([4]);
  expect(divider()).toBeNull();
});

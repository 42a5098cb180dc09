import type { Thread } from "@connectbest/contract";
import { applyEvent } from "@/lib/chat/apply-event";
import type { Spot } from "@/lib/chat/spot";
import { spotKey } from "@/lib/chat/spot";
import { createChatStore } from "@/lib/chat/store";
import { withThread } from "@/lib/chat/threads";
import { aChannel, aMessage, aState, aThread, channelId, id, rootId, spot, threadSpot } from "@/testing/factories";
import { withRoom } from "./pager";
import { ThreadReader } from "./thread-reader";

const otherRoot = id(1002);
const otherThread: Spot = { channelId, parentMessageId: otherRoot };

const setUp = (standing: Partial<Thread> = {}) => {
  const store = createChatStore(aState(aChannel()));
  const world = { isAttending: true, told: [] as [string, number][], fail: false };
  const reader = new ThreadReader({
    store,
    isAttending: () => world.isAttending,
    markRead: async (messageId, seq) => {
      world.told.push([messageId, seq]);
      if (world.fail) throw new Error("no");
      return aThread({ messageId, lastReadSeq: seq, version: 100 + seq });
    },
  });
  /** A thread of replies 2 and 3. */
  const load = (at: Spot, more: Partial<Thread>) =>
    store.update((state) =>
      withThread(
        withRoom(state, at, (room) => ({
          ...room,
          isLoaded: true,
          messages: [2, 3].map((seq) => aMessage(seq, { parentMessageId: at.parentMessageId })),
        })),
        aThread({ messageId: at.parentMessageId ?? "", lastReadSeq: 3, ...more }),
      ),
    );
  load(threadSpot, standing);
  load(otherThread, { lastReadSeq: 1, unreadCount: 2 });
  const arrives = (seq: number, version = seq) => {
    const message = aMessage(seq, { parentMessageId: rootId });
    const { lastReadSeq } = store.get().threads[rootId]?.standing as Thread;
    const thread = aThread({ lastReadSeq, unreadCount: 1, version });
    store.update((state) => applyEvent(state, { type: "message.created", channelId, rev: seq, message }, 0));
    store.update((state) => applyEvent(state, { type: "thread.updated", thread }, 0));
    reader.consider();
  };
  const unread = (of = rootId) => store.get().threads[of]?.standing?.unreadCount;
  const divider = (at = threadSpot) => store.get().rooms[spotKey(at)]?.newSince;
  return { reader, store, world, arrives, unread, divider };
};
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("opening an unread thread sets the divider and, at the bottom, reads it", async () => {
  const { reader, world, unread, divider } = setUp({ lastReadSeq: 2, unreadCount: 1 });
  reader.open(threadSpot);
  expect(divider()).toBe(2);
  expect(unread()).toBe(1);
  reader.scrolled(true);
  expect(unread()).toBe(0);
  await pass(1_000);
  expect(world.told).toEqual([[rootId, 3]]);
});

test("a thread that is read has no divider, and there is nothing to tell", async () => {
  const { reader, world, divider } = setUp();
  reader.open(threadSpot);
  reader.scrolled(true);
  await pass(1_000);
  expect(divider()).toBeNull();
  expect(world.told).toEqual([]);
});

test("what arrives before my eyes is read at once, and told in one call", async () => {
  const { reader, world, arrives, unread } = setUp();
  reader.open(threadSpot);
  reader.scrolled(true);
  arrives(4);
  arrives(5);
  expect(unread()).toBe(0);
  await pass(1_000);
  expect(world.told).toEqual([[rootId, 5]]);
});

test.each([
  ["scrolled up", true, false],
  ["in another window", false, true],
])("while I am %s it stays unread", async (_, isAttending, isAtBottom) => {
  const { reader, world, arrives, unread } = setUp();
  reader.open(threadSpot);
  reader.scrolled(isAtBottom);
  world.isAttending = isAttending;
  arrives(4);
  await pass(1_000);
  expect(unread()).toBe(1);
  expect(world.told).toEqual([]);
  world.isAttending = true;
  reader.scrolled(true);
  expect(unread()).toBe(0);
});

test("a thread whose newest is not loaded is not read to its end", async () => {
  const { reader, store, world } = setUp({ lastReadSeq: 2, unreadCount: 9 });
  store.update((state) => withRoom(state, threadSpot, (room) => ({ ...room, hasMoreAfter: true })));
  reader.open(threadSpot);
  reader.scrolled(true);
  await pass(1_000);
  expect(world.told).toEqual([]);
});

test("closed, or a channel, it reads nothing", async () => {
  const { reader, world, arrives } = setUp({ lastReadSeq: 2, unreadCount: 1 });
  reader.open(threadSpot);
  reader.open(null);
  reader.scrolled(true);
  reader.open(spot);
  reader.scrolled(true);
  arrives(4);
  await pass(1_000);
  expect(world.told).toEqual([]);
});

test("going on to the next thread at once forgets neither", async () => {
  const { reader, world, unread } = setUp({ lastReadSeq: 2, unreadCount: 1 });
  reader.open(threadSpot);
  reader.scrolled(true);
  await pass(100);
  reader.open(otherThread);
  reader.scrolled(true);
  await pass(1_000);
  expect(world.told).toEqual([
    [rootId, 3],
    [otherRoot, 3],
  ]);
  expect([unread(), unread(otherRoot)]).toEqual([0, 0]);
});

test("what could not be told is told when the connection is back, once", async () => {
  const { reader, world } = setUp({ lastReadSeq: 2, unreadCount: 1 });
  world.fail = true;
  reader.open(threadSpot);
  reader.scrolled(true);
  await pass(1_000);
  world.fail = false;
  reader.flush();
  await pass(1_000);
  reader.flush();
  await pass(1_000);
  expect(world.told).toEqual([
    [rootId, 3],
    [rootId, 3],
  ]);
});

test("what I mark as unread stays so while I look at it, until I come back", async () => {
  const { reader, store, world, arrives, unread, divider } = setUp();
  reader.open(threadSpot);
  reader.scrolled(true);
  arrives(4);
  const thread = aThread({ lastReadSeq: 2, unreadCount: 2, version: 50 });
  // Its event is here before the answer, and is looked at like any other.
  store.update((state) => withThread(state, thread));
  reader.consider();
  reader.leaveUnread(thread);
  store.update((state) => withThread(state, thread));
  reader.consider();
  await pass(1_000);
  expect([unread(), divider()]).toEqual([2, 2]);
  expect(world.told).toEqual([]);
  reader.open(null);
  reader.open(threadSpot);
  reader.scrolled(true);
  await pass(1_000);
  expect(world.told).toEqual([[rootId, 4]]);
});

test("marking another thread as unread leaves this one to be read", async () => {
  const { reader, world, arrives, divider } = setUp();
  reader.open(threadSpot);
  reader.scrolled(true);
  reader.leaveUnread(aThread({ messageId: otherRoot, lastReadSeq: 2 }));
  arrives(4);
  await pass(1_000);
  expect(world.told).toEqual([[rootId, 4]]);
  expect(divider()).toBeNull();
});

test("a thread that I do not follow is told once, though the server counts nothing as read", async () => {
  const { store, reader, world } = setUp();
  const unfollowed = aThread({ isFollowing: false, lastReadSeq: 0, version: 0 });
  const aside = new ThreadReader({
    store,
    isAttending: () => true,
    markRead: async (messageId, seq) => {
      world.told.push([messageId, seq]);
      return unfollowed;
    },
  });
  reader.stop();
  store.update((state) => ({
    ...state,
    threads: { ...state.threads, [rootId]: { root: null, standing: unfollowed } },
  }));
  aside.open(threadSpot);
  aside.scrolled(true);
  await pass(1_000);
  for (let i = 0; i < 3; i++) {
    aside.consider();
    await pass(1_000);
  }
  expect(world.told).toEqual([[rootId, 3]]);
});

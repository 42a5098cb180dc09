import { applyEvent } from "@/lib/chat/apply-event";
import { withPage } from "@/lib/chat/room";
import { unreadOf } from "@/lib/chat/selectors";
import type { ChannelState } from "@/lib/chat/state";
import { emptyRoom } from "@/lib/chat/state";
import { createChatStore } from "@/lib/chat/store";
import { aChannel, aMembership, aMessage, aState, channelId, messages } from "@/testing/factories";
import { Reader } from "./reader";

const setUp = ({ lastReadSeq = 3, unreadCount = 0 } = {}) => {
  const membership = aMembership({ lastReadSeq, unreadCount });
  const page = { messages: messages(1, 3), hasMoreBefore: false, hasMoreAfter: false };
  const store = createChatStore({
    ...aState(aChannel({ rev: 3, membership })),
    rooms: { [channelId]: withPage(emptyRoom, page, "newest") },
  });
  const world = { isAttending: true, told: [] as number[], fail: false };
  const reader = new Reader({
    store,
    isAttending: () => world.isAttending,
    markRead: async (_, seq) => {
      world.told.push(seq);
      if (world.fail) throw new Error("no");
      return { membership: { ...membership, lastReadSeq: seq, unreadCount: 0, version: seq }, rev: seq };
    },
  });
  const arrives = (seq: number) => {
    const message = aMessage(seq);
    store.update((state) => applyEvent(state, { type: "message.created", channelId, rev: seq, message }, 0));
    reader.consider();
  };
  const unread = () => unreadOf(store.get().channels?.[channelId] as ChannelState);
  const divider = () => store.get().rooms[channelId]?.newSince;
  return { reader, world, arrives, unread, divider };
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

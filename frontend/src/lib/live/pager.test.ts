import type { MessagePage } from "@connectbest/contract";
import type { Spot } from "@/lib/chat/spot";
import { createChatStore } from "@/lib/chat/store";
import { aChannel, aState, channelId, id, messages, rootId, spot, threadSpot } from "@/testing/factories";
import { Pager } from "./pager";
import type { PageWish } from "./pager";

const setUp = () => {
  const store = createChatStore(aState(aChannel()));
  const asked: { at: Spot; wish: PageWish; answer(page: MessagePage): void; fail(): void }[] = [];
  const pager = new Pager({
    store,
    load: (at, wish) =>
      new Promise((answer, reject) => asked.push({ at, wish, answer, fail: () => reject(new Error("no")) })),
  });
  const room = (key = channelId) => store.get().rooms[key];
  const seqs = (key = channelId) => room(key)?.messages.map((message) => message.seq);
  return { pager, asked, room, seqs };
};
const page = (from: number, to: number, hasMoreAfter = false): MessagePage => ({
  messages: messages(from, to),
  hasMoreBefore: true,
  hasMoreAfter,
});
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("opens with the newest page, once", async () => {
  const { pager, asked, seqs } = setUp();
  pager.open(spot);
  pager.open(spot);
  expect(asked).toHaveLength(1);
  asked[0]?.answer(page(8, 9));
  await settle();
  pager.open(spot);
  expect(asked).toHaveLength(1);
  expect(seqs()).toEqual([8, 9]);
});

test("pages both ways from the ends of what is there, one at a time", async () => {
  const { pager, asked, seqs } = setUp();
  void pager.around(spot, id(1));
  asked[0]?.answer(page(8, 9, true));
  await settle();
  pager.older(spot);
  pager.older(spot);
  pager.newer(spot);
  expect(asked.slice(1).map(({ wish }) => wish)).toEqual([{ before: messages(8, 8)[0]?.id }]);
  asked[1]?.answer(page(6, 7));
  await settle();
  pager.newer(spot);
  expect(asked[2]?.wish).toEqual({ after: messages(9, 9)[0]?.id });
  asked[2]?.answer(page(10, 11));
  await settle();
  expect(seqs()).toEqual([6, 7, 8, 9, 10, 11]);
});

test("a wish for the newest outruns a page on its way", async () => {
  const { pager, asked, seqs } = setUp();
  void pager.around(spot, id(1));
  asked[0]?.answer(page(8, 9, true));
  await settle();
  pager.older(spot);
  void pager.newest(spot);
  asked[2]?.answer(page(50, 51));
  asked[1]?.answer(page(6, 7));
  await settle();
  expect(seqs()).toEqual([50, 51]);
});

test("a page that did not come says so, and comes when the connection is back", async () => {
  const { pager, asked, room, seqs } = setUp();
  pager.open(spot);
  asked[0]?.fail();
  await settle();
  expect(room()?.error).toMatch(/went wrong/);
  pager.recover();
  asked[1]?.answer(page(1, 2));
  await settle();
  expect(seqs()).toEqual([1, 2]);
  expect(room()?.error).toBeNull();
});

test("goes to a message, or to a moment, by the page around it; what was there makes room", async () => {
  const { pager, asked, seqs, room } = setUp();
  pager.open(spot);
  asked[0]?.answer(page(50, 51));
  await settle();
  void pager.around(spot, id(1008));
  void pager.at(spot, new Date(Date.UTC(2026, 0, 5, 12)));
  expect(asked.slice(1).map(({ wish }) => wish)).toEqual([{ around: id(1008) }, { at: "2026-01-05T12:00:00.000Z" }]);
  asked[2]?.answer(page(8, 9, true));
  await settle();
  expect(seqs()).toEqual([8, 9]);
  expect(room()).toMatchObject({ hasMoreBefore: true, hasMoreAfter: true });
});

test("a thread has pages of its own, beside its channel's", async () => {
  const { pager, asked, seqs } = setUp();
  pager.open(spot);
  pager.open(threadSpot);
  expect(asked.map(({ at }) => at)).toEqual([spot, threadSpot]);
  asked[1]?.answer(page(5, 6));
  asked[0]?.answer(page(8, 9));
  await settle();
  expect([seqs(), seqs(rootId)]).toEqual([
    [8, 9],
    [5, 6],
  ]);
  pager.older(threadSpot);
  expect(asked[2]).toMatchObject({ at: threadSpot, wish: { before: id(1005) } });
});

test("the newest of one spot does not outrun the page of another", async () => {
  const { pager, asked, seqs } = setUp();
  void pager.around(spot, id(1));
  void pager.newest(threadSpot);
  asked[0]?.answer(page(8, 9, true));
  await settle();
  expect(seqs()).toEqual([8, 9]);
});

test("at the ends nothing is asked for", async () => {
  const { pager, asked } = setUp();
  pager.open(spot);
  asked[0]?.answer({ messages: messages(1, 2), hasMoreBefore: false, hasMoreAfter: false });
  await settle();
  pager.older(spot);
  pager.newer(spot);
  expect(asked).toHaveLength(1);
});

test("a page of older ones that did not come is not asked for again by itself, and complains no more", async () => {
  const { pager, asked, room, seqs } = setUp();
  pager.open(spot);
  asked[0]?.answer(page(8, 9));
  await settle();
  pager.older(spot);
  asked[1]?.fail();
  await settle();
  expect(room()?.error).not.toBeNull();
  pager.recover();
  expect(room()?.error).toBeNull();
  expect(asked).toHaveLength(2);
  pager.older(spot);
  asked[2]?.answer(page(6, 7));
  await settle();
  expect(seqs()).toEqual([6, 7, 8, 9]);
});

import type { MessagePage } from "@connectbest/contract";
import { createChatStore } from "@/lib/chat/store";
import { aChannel, aState, channelId, id, messages } from "@/testing/factories";
import { Pager } from "./pager";
import type { PageWish } from "./pager";

const setUp = () => {
  const store = createChatStore(aState(aChannel()));
  const asked: { wish: PageWish; answer(page: MessagePage): void; fail(): void }[] = [];
  const pager = new Pager({
    store,
    load: (_, wish) =>
      new Promise((answer, reject) => asked.push({ wish, answer, fail: () => reject(new Error("no")) })),
  });
  const room = () => store.get().rooms[channelId];
  const seqs = () => room()?.messages.map((message) => message.seq);
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
  pager.open(channelId);
  pager.open(channelId);
  expect(asked).toHaveLength(1);
  asked[0]?.answer(page(8, 9));
  await settle();
  pager.open(channelId);
  expect(asked).toHaveLength(1);
  expect(seqs()).toEqual([8, 9]);
});

test("pages both ways from the ends of what is there, one at a time", async () => {
  const { pager, asked, seqs } = setUp();
  void pager.around(channelId, id(1));
  asked[0]?.answer(page(8, 9, true));
  await settle();
  pager.older(channelId);
  pager.older(channelId);
  pager.newer(channelId);
  expect(asked.slice(1).map(({ wish }) => wish)).toEqual([{ before: messages(8, 8)[0]?.id }]);
  asked[1]?.answer(page(6, 7));
  await settle();
  pager.newer(channelId);
  expect(asked[2]?.wish).toEqual({ after: messages(9, 9)[0]?.id });
  asked[2]?.answer(page(10, 11));
  await settle();
  expect(seqs()).toEqual([6, 7, 8, 9, 10, 11]);
});

test("a wish for the newest outruns a page on its way", async () => {
  const { pager, asked, seqs } = setUp();
  void pager.around(channelId, id(1));
  asked[0]?.answer(page(8, 9, true));
  await settle();
  pager.older(channelId);
  void pager.newest(channelId);
  asked[2]?.answer(page(50, 51));
  asked[1]?.answer(page(6, 7));
  await settle();
  expect(seqs()).toEqual([50, 51]);
});

test("a page that did not come says so, and comes when the connection is back", async () => {
  const { pager, asked, room, seqs } = setUp();
  pager.open(channelId);
  asked[0]?.fail();
  await settle();
  expect(room()?.error).toMatch(/went wrong/);
  pager.recover();
  asked[1]?.answer(page(1, 2));
  await settle();
  expect(seqs()).toEqual([1, 2]);
  expect(room()?.error).toBeNull();
});

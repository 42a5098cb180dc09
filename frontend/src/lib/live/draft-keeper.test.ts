import type { Draft } from "@connectbest/contract";
import { withDraft } from "@/lib/chat/drafts";
import { spotKey } from "@/lib/chat/spot";
import { createChatStore } from "@/lib/chat/store";
import { aDraft, aState, channelId, spot, threadSpot } from "@/testing/factories";
import { brokenStorage, fakeStorage } from "@/testing/fake-storage";
import { DraftKeeper } from "./draft-keeper";

interface Saving {
  key: string;
  content: string;
  answer(): void;
  fail(): void;
}

const setUp = ({ storage = fakeStorage(), isOnline = true, answersAtOnce = true } = {}) => {
  const store = createChatStore(aState());
  const saved: Saving[] = [];
  const world = { isOnline, answersAtOnce, version: 0 };
  const keeper = new DraftKeeper({
    store,
    storage,
    save: ({ channelId: to, parentMessageId }, content) =>
      new Promise<Draft>((resolve, reject) => {
        const draft = aDraft(content, { channelId: to, parentMessageId, version: ++world.version });
        const one = {
          key: spotKey(draft),
          content,
          answer: () => resolve(draft),
          fail: () => reject(new Error("no")),
        };
        saved.push(one);
        if (!world.isOnline) one.fail();
        else if (world.answersAtOnce) one.answer();
      }),
  });
  const told = () => saved.map(({ content }) => content);
  const held = () => store.get().drafts[channelId]?.content;
  return { keeper, store, storage, saved, world, told, held };
};
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("saves what stands there a second after the last key, not every letter", async () => {
  const { keeper, told, held } = setUp();
  for (const text of ["h", "he", "hel"]) {
    keeper.change(spot, text);
    await pass(500);
  }
  expect(told()).toEqual([]);
  expect(keeper.textOf(spot)).toBe("hel");
  await pass(500);
  expect(told()).toEqual(["hel"]);
  expect(held()).toBe("hel");
  await pass(10_000);
  expect(told()).toHaveLength(1);
});

test("each spot's draft is its own", async () => {
  const { keeper, saved } = setUp();
  keeper.change(spot, "here");
  keeper.change(threadSpot, "there");
  await pass(1_000);
  expect([keeper.textOf(spot), keeper.textOf(threadSpot)]).toEqual(["here", "there"]);
  expect(saved.map(({ key }) => key)).toEqual([spotKey(spot), spotKey(threadSpot)]);
});

test("what is typed while the last is on its way is not taken back by its answer", async () => {
  const { keeper, saved, world, told } = setUp({ answersAtOnce: false });
  keeper.change(spot, "one");
  await pass(1_000);
  keeper.change(spot, "one two");
  saved[0]?.answer();
  await pass(0);
  expect(keeper.textOf(spot)).toBe("one two");
  expect(keeper.isUnsaved(spot)).toBe(true);
  world.answersAtOnce = true;
  await pass(1_000);
  expect(told()).toEqual(["one", "one two"]);
  expect(keeper.isUnsaved(spot)).toBe(false);
});

test("offline it is kept here, and saved when the connection is back", async () => {
  const { keeper, world, held } = setUp({ isOnline: false });
  keeper.change(spot, "hello");
  await pass(5_000);
  expect(keeper.isUnsaved(spot)).toBe(true);
  world.isOnline = true;
  keeper.flush();
  await pass(0);
  expect(held()).toBe("hello");
  expect(keeper.isUnsaved(spot)).toBe(false);
});

test("when the page is left, nothing waits, and nothing is saved twice", async () => {
  const { keeper, told } = setUp();
  keeper.change(spot, "hello");
  keeper.flush();
  expect(told()).toEqual(["hello"]);
  await pass(5_000);
  expect(told()).toHaveLength(1);
});

test("over a reload what was not saved is still there, and is saved", async () => {
  const storage = fakeStorage();
  setUp({ storage, isOnline: false }).keeper.change(spot, "hello");
  const { keeper, told } = setUp({ storage });
  expect(keeper.textOf(spot)).toBe("hello");
  keeper.flush();
  await pass(0);
  expect(told()).toEqual(["hello"]);
  expect(setUp({ storage }).keeper.isUnsaved(spot)).toBe(false);
});

test("what is damaged in the storage is left out, and another's is not mine", () => {
  const storage = fakeStorage();
  const mine = `connectbest:draft:${createChatStore(aState()).get().me.id}:`;
  storage.setItem(`${mine}a`, "{");
  storage.setItem(`${mine}b`, '{"spot":{"channelId":"b"}}');
  storage.setItem(`${mine}c`, "null");
  storage.setItem(`connectbest:draft:another:${channelId}`, JSON.stringify({ spot, content: "theirs" }));
  expect(setUp({ storage }).keeper.textOf(spot)).toBe("");
});

test("a full storage stops nothing", async () => {
  const { keeper, told } = setUp({ storage: brokenStorage() });
  keeper.change(spot, "hello");
  await pass(1_000);
  expect(told()).toEqual(["hello"]);
});

test("a draft that became a message is gone here and there", async () => {
  const { keeper, told, held } = setUp();
  keeper.change(spot, "hello");
  await pass(1_000);
  keeper.clear(spot);
  expect(keeper.textOf(spot)).toBe("");
  await pass(1_000);
  expect(told()).toEqual(["hello", ""]);
  expect(held()).toBe("");
});

test("one that the server never heard of is gone without a word", async () => {
  const { keeper, told, storage } = setUp();
  keeper.change(spot, "hello");
  keeper.clear(spot);
  await pass(5_000);
  expect(told()).toEqual([]);
  expect(keeper.textOf(spot)).toBe("");
  expect(setUp({ storage }).keeper.textOf(spot)).toBe("");
});

test("one that was on its way to the server when it was sent does not come back", async () => {
  const { keeper, saved, told, held } = setUp({ answersAtOnce: false });
  keeper.change(spot, "hello");
  await pass(1_000);
  keeper.clear(spot);
  saved[0]?.answer();
  await pass(0);
  expect(keeper.textOf(spot)).toBe("");
  await pass(1_000);
  saved[1]?.answer();
  await pass(0);
  expect(told()).toEqual(["hello", ""]);
  expect(held()).toBe("");
  expect(keeper.textOf(spot)).toBe("");
});

test("while it is not saved my own words stand, then whatever was written last anywhere", async () => {
  const { keeper, store, world, saved } = setUp({ answersAtOnce: false });
  keeper.change(spot, "mine");
  store.update((state) => withDraft(state, aDraft("from the phone", { version: 1 })));
  expect(keeper.textOf(spot)).toBe("mine");
  world.version = 1;
  await pass(1_000);
  // Before the answer to mine, which has version 2, the phone has written again.
  store.update((state) => withDraft(state, aDraft("later, from the phone", { version: 3 })));
  saved[0]?.answer();
  await pass(0);
  expect(keeper.textOf(spot)).toBe("later, from the phone");
});

test("stopped, it saves no more", async () => {
  const { keeper, told } = setUp();
  keeper.change(spot, "hello");
  keeper.stop();
  await pass(5_000);
  expect(told()).toEqual([]);
});

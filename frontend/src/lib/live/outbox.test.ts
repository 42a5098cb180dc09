import type { Message } from "@connectbest/contract";
import { ApiError, noAnswer } from "@/lib/api/api-error";
import { channelSpot } from "@/lib/chat/spot";
import type { OutboxEntry } from "@/lib/chat/state";
import { createChatStore } from "@/lib/chat/store";
import {
  aChannel,
  aFile,
  aMessage,
  anEntry,
  aState,
  channelId,
  meId,
  otherId,
  rootId,
  spot,
  threadSpot,
} from "@/testing/factories";
import { acknowledgementTimeout } from "./acknowledgements";
import { Outbox } from "./outbox";

type Answer = (entry: OutboxEntry) => Promise<Message>;

const setUp = (kept: OutboxEntry[] = []) => {
  const store = createChatStore(aState(aChannel(), aChannel({ id: otherId, name: "other" })));
  const saved = new Map(kept.map((entry) => [entry.clientMessageId, entry]));
  let seq = 0;
  const stored: Answer = async ({ clientMessageId, content, channelId: to }) =>
    aMessage(++seq, { userId: meId, clientMessageId, content, channelId: to });
  const world = { frames: [] as string[], posts: [] as string[], hasSocket: false, post: stored, stored };
  let keys = 0;
  const outbox = new Outbox({
    store,
    storage: {
      load: () => [...saved.values()],
      save: (entry) => saved.set(entry.clientMessageId, entry),
      remove: (key) => saved.delete(key),
    },
    onStored: () => undefined,
    newId: () => `id-${++keys}`,
    sendFrame: (entry) => {
      if (world.hasSocket) world.frames.push(entry.clientMessageId);
      return world.hasSocket;
    },
    post: (entry) => {
      world.posts.push(entry.clientMessageId);
      return world.post(entry);
    },
  });
  const waiting = () => store.get().outbox;
  return { outbox, store, saved, world, waiting };
};
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a message is kept, sent, and let go when it is stored", async () => {
  const { outbox, saved, waiting, world } = setUp();
  outbox.add(spot, "hello");
  expect(waiting()).toHaveLength(1);
  expect(saved.has("id-1")).toBe(true);
  await pass(0);
  expect(world.posts).toEqual(["id-1"]);
  expect(waiting()).toEqual([]);
  expect(saved.size).toBe(0);
});

test("by socket when there is one, and nothing by REST when it answers", async () => {
  const { outbox, world, waiting } = setUp();
  world.hasSocket = true;
  outbox.add(spot, "hello");
  outbox.settle(aMessage(1, { userId: meId, clientMessageId: "id-1" }));
  await pass(acknowledgementTimeout);
  expect(world.frames).toEqual(["id-1"]);
  expect(world.posts).toEqual([]);
  expect(waiting()).toEqual([]);
});

test("a socket that stays silent is followed by REST with the same key", async () => {
  const { outbox, world } = setUp();
  world.hasSocket = true;
  outbox.add(spot, "hello");
  await pass(acknowledgementTimeout - 1);
  expect(world.posts).toEqual([]);
  await pass(1);
  expect(world.posts).toEqual(["id-1"]);
});

test("a socket that is lost is not waited for", async () => {
  const { outbox, world } = setUp();
  world.hasSocket = true;
  outbox.add(spot, "hello");
  outbox.socketLost();
  await pass(0);
  expect(world.posts).toEqual(["id-1"]);
});

test("each channel's messages go one at a time, in order; channels do not wait for each other", async () => {
  const { outbox, world } = setUp();
  const release: (() => void)[] = [];
  world.post = (one) => new Promise((resolve) => release.push(() => resolve(world.stored(one))));
  outbox.add(spot, "first");
  outbox.add(spot, "second");
  outbox.add(channelSpot(otherId), "elsewhere");
  await pass(0);
  expect(world.posts).toEqual(["id-1", "id-3"]);
  release[0]?.();
  await pass(0);
  expect(world.posts).toEqual(["id-1", "id-3", "id-2"]);
});

test("while the network fails it is tried again, and what follows waits", async () => {
  const { outbox, world, waiting } = setUp();
  world.post = () => Promise.reject(noAnswer());
  outbox.add(spot, "first");
  outbox.add(spot, "second");
  await pass(120_000);
  expect(new Set(world.posts)).toEqual(new Set(["id-1"]));
  expect(world.posts.length).toBeGreaterThan(3);
  expect(waiting().every((one) => one.failure === null)).toBe(true);
  world.post = world.stored;
  outbox.flush();
  await pass(0);
  expect(waiting()).toEqual([]);
});

test("told to wait, it waits as long as it was told", async () => {
  const { outbox, world } = setUp();
  world.post = () => Promise.reject(new ApiError("Slow down.", 429, "rate_limited", [], 9_000));
  outbox.add(spot, "first");
  await pass(8_999);
  expect(world.posts).toHaveLength(1);
  world.post = world.stored;
  await pass(1);
  expect(world.posts).toHaveLength(2);
});

test.each([400, 403, 404, 409])("a refusal with %i is final: it says why, and the next one goes", async (status) => {
  const { outbox, world, waiting, saved } = setUp();
  world.post = (one) =>
    one.content === "refused" ? Promise.reject(new ApiError("You may not.", status, "forbidden")) : world.stored(one);
  outbox.add(spot, "refused");
  outbox.add(spot, "fine");
  await pass(0);
  expect(waiting()).toMatchObject([{ content: "refused", failure: { sentence: "You may not." } }]);
  expect(saved.get("id-1")?.failure).not.toBeNull();
  world.post = world.stored;
  outbox.retry("id-1");
  await pass(0);
  expect(waiting()).toEqual([]);
});

test("a refusal over the socket counts as one", async () => {
  const { outbox, world, waiting } = setUp();
  world.hasSocket = true;
  outbox.add(spot, "hello");
  outbox.refuse("id-1", "not_found", "There is no such channel.");
  await pass(0);
  expect(waiting()[0]?.failure?.code).toBe("not_found");
  expect(world.posts).toEqual([]);
});

test("deleted means gone, over a reload too", async () => {
  const { outbox, world, waiting, saved } = setUp();
  world.post = () => Promise.reject(new ApiError("You may not.", 403, "forbidden"));
  outbox.add(spot, "hello");
  await pass(0);
  outbox.discard("id-1");
  expect(waiting()).toEqual([]);
  expect(saved.size).toBe(0);
});

test("what an earlier page left is sent; what had failed waits to be asked", async () => {
  const failure = { code: "forbidden" as const, sentence: "You may not." };
  const { outbox, world, waiting } = setUp([anEntry("a"), anEntry("b", { failure })]);
  outbox.restore();
  outbox.restore();
  await pass(0);
  expect(world.posts).toEqual(["a"]);
  expect(waiting()).toMatchObject([{ clientMessageId: "b" }]);
});

test("a reply goes to its thread with its files, and in one line with its channel's messages", async () => {
  const { outbox, world, saved } = setUp();
  const sent: OutboxEntry[] = [];
  const release: (() => void)[] = [];
  world.post = (one) => {
    sent.push(one);
    return new Promise((resolve) => release.push(() => resolve(world.stored(one))));
  };
  outbox.add(threadSpot, "", [aFile(1)]);
  outbox.add(spot, "after it");
  await pass(0);
  expect(sent).toMatchObject([{ channelId, parentMessageId: rootId, content: "", attachments: [aFile(1)] }]);
  expect(saved.get("id-1")?.attachments).toEqual([aFile(1)]);
  release[0]?.();
  await pass(0);
  expect(sent.slice(1)).toMatchObject([{ channelId, parentMessageId: null, attachments: [] }]);
});

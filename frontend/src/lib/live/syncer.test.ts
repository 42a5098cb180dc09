import { Syncer, syncTimes } from "./syncer";

const setUp = () => {
  const world = { calls: 0, isBehind: false, fail: false, release: () => {}, slow: false };
  const syncer = new Syncer({
    sync: async () => {
      world.calls++;
      if (world.slow) await new Promise<void>((resolve) => (world.release = resolve));
      if (world.fail) throw new Error("no");
    },
    isBehind: () => world.isBehind,
  });
  syncer.start();
  return { syncer, world };
};
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("syncs every minute", async () => {
  const { world } = setUp();
  await pass(syncTimes.regular - 1);
  expect(world.calls).toBe(0);
  await pass(1);
  expect(world.calls).toBe(1);
  await pass(syncTimes.regular);
  expect(world.calls).toBe(2);
});

test("many gaps at once are one sync, a moment later", async () => {
  const { syncer, world } = setUp();
  world.isBehind = true;
  for (let i = 0; i < 10; i++) syncer.considerGap();
  await pass(syncTimes.gap - 1);
  expect(world.calls).toBe(0);
  world.isBehind = false;
  await pass(1);
  expect(world.calls).toBe(1);
});

test("one in flight at most; wishes that come meanwhile are one more", async () => {
  const { syncer, world } = setUp();
  world.slow = true;
  syncer.request(0);
  await pass(0);
  for (let i = 0; i < 5; i++) syncer.request(0);
  await pass(10_000);
  expect(world.calls).toBe(1);
  world.slow = false;
  world.release();
  await pass(0);
  expect(world.calls).toBe(2);
  await pass(1_000);
  expect(world.calls).toBe(2);
});

test("a failure is tried again soon, not at once", async () => {
  const { syncer, world } = setUp();
  world.fail = true;
  syncer.request(0);
  await pass(0);
  await pass(syncTimes.retry - 1);
  expect(world.calls).toBe(1);
  await pass(1);
  expect(world.calls).toBe(2);
});

test("a gap that no sync fills does not become a storm", async () => {
  const { syncer, world } = setUp();
  world.isBehind = true;
  syncer.considerGap();
  await pass(60_000);
  expect(world.calls).toBeLessThan(15);
});

test("stopped, it asks no more", async () => {
  const { syncer, world } = setUp();
  syncer.request(10);
  syncer.stop();
  syncer.request(0);
  await pass(120_000);
  expect(world.calls).toBe(0);
});

import type { Event } from "@connectbest/contract";
import type { Connections } from "./connections";
import { Delivery } from "./deliver";
import { createMetrics } from "./metrics";
import { freshConnections, identity, objectId, SenderStub } from "./testing/stubs";

let connections: Connections;
let sender: SenderStub;
let delivery: Delivery;
beforeAll(async () => ({ connections } = await freshConnections()));
beforeEach(() => {
  sender = new SenderStub();
  delivery = new Delivery(connections, sender);
});

const pong = (n: number): Event => ({ type: "pong", at: new Date(n).toISOString() });

describe("delivery", () => {
  it("reaches every listener of the topic and nobody else", async () => {
    const topic = objectId();
    const [one, two, other] = [identity(), identity(), identity()];
    await connections.add([one, two], [topic]);
    await connections.add([other], [objectId()]);
    await delivery.deliver(topic, [pong(1)]);
    expect(sender.to(one.connectionId)).toEqual([pong(1)]);
    expect(sender.to(two.connectionId)).toEqual([pong(1)]);
    expect(sender.to(other.connectionId)).toEqual([]);
  });

  it("forgets connections that are gone, only those, and only once they are past opening", async () => {
    const topic = objectId();
    const [stale, alive, opening] = [identity(), identity(), identity({ connectedAt: Date.now() })];
    await connections.add([stale, alive, opening], [topic, objectId()]);
    sender.gone.add(stale.connectionId).add(opening.connectionId);
    await delivery.deliver(topic, [pong(1)]);
    expect(await connections.ofConnection(stale.connectionId)).toHaveLength(0);
    expect(await connections.ofConnection(alive.connectionId)).toHaveLength(2);
    expect(await connections.ofConnection(opening.connectionId)).toHaveLength(2);
  });

  it("counts what it delivered, and the connections that were gone", async () => {
    const lines: string[] = [];
    const metrics = createMetrics("Test", (line) => lines.push(line));
    const counted = new Delivery(connections, sender, { metrics });
    const topic = objectId();
    const [one, two, stale] = [identity(), identity(), identity()];
    await connections.add([one, two, stale], [topic]);
    sender.gone.add(stale.connectionId);
    await counted.deliver(topic, [pong(1), pong(2)]);
    metrics.flush();
    expect(JSON.parse(lines.join(""))).toMatchObject({ DeliveredEvents: 4, StaleConnections: 1 });
  });

  it("forgets each of very many once, however often they are found, and again when that failed", async () => {
    const topic = objectId();
    const stale = Array.from({ length: 60 }, () => identity());
    const alive = identity();
    await connections.add([...stale, alive], [topic]);
    for (const { connectionId } of stale) sender.gone.add(connectionId);
    const forget = jest.spyOn(connections, "forget").mockRejectedValueOnce(new Error("throttled"));
    // It is no failure of the delivery: whoever hears of one tells everybody again.
    await delivery.deliver(topic, [pong(0)]);
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        await new Promise((resolve) => setTimeout(resolve, n * 5));
        await delivery.deliver(topic, [pong(n + 1)]);
      }),
    );
    expect(forget).toHaveBeenCalledTimes(61);
    expect(sender.to(alive.connectionId)).toHaveLength(21);
    const rows = [];
    for await (const page of connections.listeners(topic)) rows.push(...page);
    expect(rows.map(({ connectionId }) => connectionId)).toEqual([alive.connectionId]);
    forget.mockRestore();
  });

  it("keeps the order and looks listeners up once a batch when events come thick and fast", async () => {
    const topic = objectId();
    const one = identity();
    await connections.add([one], [topic]);
    const lookups = jest.spyOn(connections, "listeners");
    const events = Array.from({ length: 100 }, (_, i) => pong(i));
    await Promise.all(events.map((event) => delivery.deliver(topic, [event])));
    expect(sender.to(one.connectionId)).toEqual(events);
    expect(lookups.mock.calls.length).toBeLessThan(10);
    lookups.mockRestore();
  });

  it("tells a connection once, however many of the topics it listens to", async () => {
    const topics = [objectId(), objectId(), objectId()];
    const one = identity();
    await connections.add([one], topics);
    await delivery.deliverToAny(topics, [pong(1)]);
    expect(sender.to(one.connectionId)).toEqual([pong(1)]);
  });

  it("waits for every send when one fails, and leaves no failure unheard", async () => {
    const topic = objectId();
    await connections.add([identity(), identity()], [topic]);
    const pages = jest.spyOn(connections, "listeners").mockImplementationOnce(async function* () {
      yield [{ connectionId: "one", connectedAt: 0 }];
      await new Promise((resolve) => setTimeout(resolve, 10));
      yield [{ connectionId: "two", connectedAt: 0 }];
      throw new Error("throttled");
    });
    const failing = jest.spyOn(sender, "send").mockRejectedValue(new Error("gateway away"));
    const unheard: unknown[] = [];
    process.on("unhandledRejection", (reason) => unheard.push(reason));
    await expect(delivery.deliver(topic, [pong(1)])).rejects.toThrow("throttled");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(failing).toHaveBeenCalledTimes(2);
    expect(unheard).toEqual([]);
    process.removeAllListeners("unhandledRejection");
    pages.mockRestore();
  });

  it("fails without losing its footing when the table is away", async () => {
    const topic = objectId();
    const one = identity();
    await connections.add([one], [topic]);
    const failing = jest.spyOn(connections, "listeners").mockImplementationOnce(async function* () {
      yield* [];
      throw new Error("throttled");
    });
    await expect(delivery.deliver(topic, [pong(1)])).rejects.toThrow("throttled");
    failing.mockRestore();
    await delivery.deliver(topic, [pong(2)]);
    expect(sender.to(one.connectionId)).toEqual([pong(2)]);
  });
});

describe("delivery that looks up now and then", () => {
  const freshness = 40;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  beforeEach(() => (delivery = new Delivery(connections, sender, { freshness })));
  const timesOf = (connectionId: string) =>
    sender.to(connectionId).map((event) => Date.parse((event as { at: string }).at));

  it("sends at once to those it knows, and looks up a fraction as often", async () => {
    const topic = objectId();
    const [one, two] = [identity(), identity()];
    await connections.add([one, two], [topic]);
    const lookups = jest.spyOn(connections, "listeners");
    const sends: Promise<void>[] = [];
    for (let n = 0; n < 60; n++, await pause(5)) sends.push(delivery.deliver(topic, [pong(n)]));
    await Promise.all(sends);
    const all = Array.from({ length: 60 }, (_, n) => n);
    expect([timesOf(one.connectionId), timesOf(two.connectionId)]).toEqual([all, all]);
    expect(lookups.mock.calls.length).toBeLessThan(20);
    lookups.mockRestore();
  });

  it("misses nobody who begins to listen before an event, and keeps everybody's order", async () => {
    const topic = objectId();
    const joined = new Map<string, number>();
    const sends: Promise<void>[] = [];
    let told = 0;
    for (let round = 0; round < 25; round++) {
      const newcomer = identity();
      const joining = connections.add([newcomer], [topic]).then(() => joined.set(newcomer.connectionId, told));
      for (let n = Math.floor(Math.random() * 4); n > 0; n--) {
        sends.push(delivery.deliver(topic, [pong(told++)]));
        await pause(Math.random() * 20);
      }
      await joining;
      if (round % 8 === 7) await pause(3 * freshness);
    }
    await Promise.all(sends);
    expect(told).toBeGreaterThan(20);
    for (const [connectionId, since] of joined) {
      const heard = timesOf(connectionId);
      expect(heard.filter((n) => n >= since)).toEqual(Array.from({ length: told - since }, (_, n) => since + n));
      expect(heard).toEqual([...heard].sort((a, b) => a - b));
    }
  });

  it("tells nobody twice, even when it was held up for long", async () => {
    const topic = objectId();
    const one = identity();
    await connections.add([one], [topic]);
    const sends: Promise<void>[] = [];
    for (let n = 0; n < 12; n++) {
      sends.push(delivery.deliver(topic, [pong(n)]));
      await pause(10);
      for (const until = Date.now() + (n % 4) * freshness; Date.now() < until;);
    }
    await Promise.all(sends);
    expect(timesOf(one.connectionId)).toEqual(Array.from({ length: 12 }, (_, n) => n));
  });

  it("sends nothing to those who had stopped listening once that is settled, however busy it is", async () => {
    const topic = objectId();
    const [leaver, stayer] = [identity(), identity()];
    await connections.add([leaver, stayer], [topic]);
    let n = 0;
    const busy = setInterval(() => void delivery.deliver(topic, [pong(n++)]), 3);
    await pause(4 * freshness);
    await connections.remove([{ connectionId: leaver.connectionId, topic }]);
    await delivery.settled();
    const before = sender.to(leaver.connectionId).length;
    await pause(4 * freshness);
    clearInterval(busy);
    expect(before).toBeGreaterThan(10);
    expect(sender.to(leaver.connectionId)).toHaveLength(before);
    expect(sender.to(stayer.connectionId).length).toBeGreaterThan(before + 10);
  });

  it("keeps the order in spite of pauses that end as others begin", async () => {
    const topic = objectId();
    const one = identity();
    await connections.add([one], [topic]);
    const sends: Promise<void>[] = [];
    for (const [n, rest] of [10, 95, 60, 10, 130, 75, 15, 5, 100, 85].entries()) {
      sends.push(delivery.deliver(topic, [pong(n)]));
      await pause(rest);
    }
    await Promise.all(sends);
    expect(timesOf(one.connectionId)).toEqual(Array.from({ length: 10 }, (_, n) => n));
  });

  it("sends what is said after somebody left to those only whom a look-up finds after it, however slow one was", async () => {
    const topic = objectId();
    const [leaver, stayer] = [identity(), identity()];
    await connections.add([leaver, stayer], [topic]);
    const listeners = connections.listeners.bind(connections);
    const slow = jest.spyOn(connections, "listeners").mockImplementationOnce(async function* (of) {
      const pages = [];
      for await (const rows of listeners(of)) pages.push(rows);
      await pause(12 * freshness);
      yield* pages;
    });
    const first = delivery.deliver(topic, [pong(1)]);
    await pause(freshness);
    await connections.remove([{ connectionId: leaver.connectionId, topic }]);
    await delivery.settled();
    await Promise.all([first, delivery.deliver(topic, [pong(2)])]);
    expect(timesOf(leaver.connectionId)).toEqual([1]);
    expect(timesOf(stayer.connectionId)).toEqual([1, 2]);
    slow.mockRestore();
  });

  it("goes on after a look-up that failed half-way", async () => {
    const topic = objectId();
    const [one, two] = [identity(), identity()];
    await connections.add([one, two], [topic]);
    const failing = jest.spyOn(connections, "listeners").mockImplementationOnce(async function* () {
      yield [{ connectionId: one.connectionId, connectedAt: 0 }];
      throw new Error("throttled");
    });
    await expect(delivery.deliver(topic, [pong(1)])).rejects.toThrow("throttled");
    failing.mockRestore();
    await delivery.deliver(topic, [pong(2)]);
    expect(timesOf(one.connectionId)).toEqual([1, 2]);
    expect(timesOf(two.connectionId)).toEqual([2]);
  });
});

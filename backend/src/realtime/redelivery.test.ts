import type { Event } from "@connectbest/contract";
import { Redelivery } from "./redelivery";

const pong = (n: number): Event => ({ type: "pong", at: new Date(n).toISOString() });

describe("what could not be told", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it("is told again, in order, until it is heard, and then no more", async () => {
    const told: [string, Event[]][] = [];
    let isAway = true;
    const redelivery = new Redelivery(async (topic, events) => {
      if (isAway) throw new Error("away");
      told.push([topic, events]);
    });
    await expect(redelivery.tell("one", [pong(1)])).rejects.toThrow("away");
    await expect(redelivery.tell("one", [pong(2)])).rejects.toThrow("away");
    await expect(redelivery.tell("two", [pong(3)])).rejects.toThrow("away");
    await jest.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([]);
    isAway = false;
    await jest.advanceTimersByTimeAsync(2500);
    expect(told).toEqual([
      ["one", [pong(1), pong(2)]],
      ["two", [pong(3)]],
    ]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(told).toHaveLength(2);
  });

  it("keeps what is missed while it tells", async () => {
    const told: Event[] = [];
    const deliver = jest.fn(async (_topic: string, events: Event[]): Promise<void> => void told.push(...events));
    const redelivery = new Redelivery(deliver);
    deliver.mockRejectedValueOnce(new Error("away"));
    await expect(redelivery.tell("one", [pong(1)])).rejects.toThrow("away");
    deliver.mockImplementationOnce(async (_topic, events) => {
      told.push(...events);
      deliver.mockRejectedValueOnce(new Error("away again"));
      await redelivery.tell("one", [pong(2)]).catch(() => undefined);
    });
    await jest.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([pong(1), pong(2)]);
  });

  it("is nothing more of what has been heard by then", async () => {
    const deliver = jest.fn(async (_topic: string, _events: Event[]): Promise<void> => undefined);
    const redelivery = new Redelivery(deliver);
    for (let n = 0; n < 50; n++) await redelivery.tell("one", [pong(n)]);
    deliver.mockRejectedValueOnce(new Error("away"));
    await expect(redelivery.tell("one", [pong(50)])).rejects.toThrow("away");
    await redelivery.tell("one", [pong(51)]);
    deliver.mockClear();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(deliver.mock.calls).toEqual([["one", [pong(50), pong(51)]]]);
  });

  it("is given up after a minute, is bounded, and is never who types", async () => {
    const deliver = jest.fn(async (_topic: string, _events: Event[]): Promise<void> => {
      throw new Error("away");
    });
    const redelivery = new Redelivery(deliver);
    const tell = (topic: string, event: Event) => redelivery.tell(topic, [event]).catch(() => undefined);
    for (let n = 0; n < 100; n++) await tell("one", pong(n));
    await tell("two", { type: "typing", channelId: "c", userId: "u", userName: "U", isTyping: true });
    deliver.mockClear();
    await jest.advanceTimersByTimeAsync(70_000);
    const calls = deliver.mock.calls.length;
    expect(deliver.mock.calls.every(([topic, events]) => topic === "one" && events.length === 20)).toBe(true);
    await jest.advanceTimersByTimeAsync(70_000);
    expect(deliver).toHaveBeenCalledTimes(calls);
  });
});

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
    redelivery.note("one", [pong(1)]);
    redelivery.note("one", [pong(2)]);
    redelivery.note("two", [pong(3)]);
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
    const redelivery: Redelivery = new Redelivery(async (topic, events) => {
      if (told.length === 0) redelivery.note(topic, [pong(2)]);
      told.push(...events);
    });
    redelivery.note("one", [pong(1)]);
    await jest.advanceTimersByTimeAsync(5000);
    expect(told).toEqual([pong(1), pong(2)]);
  });

  it("is given up after a minute, is bounded, and is never who types", async () => {
    const deliver = jest.fn(async (_topic: string, _events: Event[]): Promise<void> => {
      throw new Error("away");
    });
    const redelivery = new Redelivery(deliver);
    for (let n = 0; n < 100; n++) redelivery.note("one", [pong(n)]);
    redelivery.note("two", [{ type: "typing", channelId: "c", userId: "u", userName: "U", isTyping: true } as Event]);
    await jest.advanceTimersByTimeAsync(70_000);
    const calls = deliver.mock.calls.length;
    expect(deliver.mock.calls.every(([topic, events]) => topic === "one" && events.length === 20)).toBe(true);
    await jest.advanceTimersByTimeAsync(70_000);
    expect(deliver).toHaveBeenCalledTimes(calls);
  });
});

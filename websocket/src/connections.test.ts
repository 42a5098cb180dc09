import type { Connections, Subscription } from "./connections";
import { freshConnections, identity, objectId } from "./testing/stubs";

let connections: Connections;
beforeAll(async () => ({ connections } = await freshConnections()));

async function listening(topic: string): Promise<Subscription[]> {
  const rows: Subscription[] = [];
  for await (const page of connections.subscriptions(topic)) rows.push(...page);
  return rows;
}

describe("the table of connections", () => {
  it("finds who listens to a topic, and forgets them", async () => {
    const [one, two] = [identity(), identity()];
    const [a, b] = [objectId(), objectId()];
    await connections.add([one, two], [a]);
    await connections.add([one], [b]);
    expect((await listening(a)).map((row) => row.connectionId).sort()).toEqual(
      [one.connectionId, two.connectionId].sort(),
    );
    expect(await connections.find(one.connectionId, b)).toEqual({ ...one, topic: b, isIdle: false });
    const forgotten = await connections.forget(one.connectionId);
    expect(forgotten.map((row) => row.topic).sort()).toEqual([a, b].sort());
    expect((await listening(a)).map((row) => row.connectionId)).toEqual([two.connectionId]);
  });

  it("knows whether anybody is at a device, and makes no row to say so", async () => {
    const one = identity();
    await connections.add([one], [`user:${one.userId}`]);
    await connections.setIdle(one, true);
    expect(await connections.ofConnection(one.connectionId)).toEqual([
      { ...one, topic: `user:${one.userId}`, isIdle: true },
    ]);
    await connections.setIdle(one, false);
    expect((await connections.ofConnection(one.connectionId))[0]?.isIdle).toBe(false);
  });

  it("remembers what was told of somebody, for all processes", async () => {
    const id = objectId();
    expect(await connections.noteTold(id, "online", 60)).toBe(true);
    expect(await connections.noteTold(id, "online", 60)).toBe(false);
    expect(await connections.noteTold(id, "away", 60)).toBe(true);
    expect(await connections.noteTold(id, "away", -1)).toBe(false);
    // What was told long ago is told again.
    expect(await connections.noteTold(id, "away", 60)).toBe(true);
  });

  it("knows who opened a connection", async () => {
    const one = identity({ userName: "Ada Lovelace" });
    expect(await connections.identify(one.connectionId)).toBeUndefined();
    await connections.add([one], [`user:${one.userId}`, objectId()]);
    expect(await connections.identify(one.connectionId)).toMatchObject(one);
  });

  it("pages through more listeners than one answer holds (1 MB)", async () => {
    const topic = objectId();
    const many = Array.from({ length: 4000 }, () => identity({ userName: "x".repeat(250) }));
    await connections.add(many, [topic]);
    let pages = 0;
    const seen = new Set<string>();
    for await (const page of connections.subscriptions(topic)) {
      pages++;
      for (const row of page) seen.add(row.connectionId);
    }
    expect(pages).toBeGreaterThan(1);
    expect(seen.size).toBe(4000);
    let listeners = 0;
    for await (const page of connections.listeners(topic)) listeners += page.length;
    expect(listeners).toBe(4000);
  }, 60_000);

  it("leaves out rows past their time, which DynamoDB may keep for days", async () => {
    const topic = objectId();
    const old = identity({ connectedAt: Date.now() - 25 * 3_600_000 });
    await connections.add([old, identity()], [topic]);
    expect(await listening(topic)).toHaveLength(1);
  });

  it("counts malformed frames", async () => {
    const one = identity();
    await connections.add([one], [`user:${one.userId}`]);
    expect(await connections.countMalformed(one)).toBe(1);
    expect(await connections.countMalformed(one)).toBe(2);
    await expect(connections.countMalformed(identity())).rejects.toThrow();
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient, UUID } from "mongodb";
import { rawCommandTo } from "./testing/raw-command";
import { startServerProcess } from "./testing/server-process";

// `KILLS=200 npx jest src/mongo/durability` is the long version.
const kills = Number(process.env.KILLS ?? 10);
const writers = 8;

interface Acknowledged {
  inserted: Map<string, number>;
  transferred: number;
}

/** Writes without pause until the server is gone, noting what was acknowledged. */
async function write(client: MongoClient, round: number, writer: number, noted: Acknowledged): Promise<void> {
  const db = client.db("durable");
  for (let i = 0; ; i++) {
    const key = `${round}-${writer}-${i}`;
    if (i % 3) {
      await db.collection("singles").insertOne({ key, i });
      noted.inserted.set(key, i);
      continue;
    }
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await db.collection("accounts").updateOne({ name: `a${writer}` }, { $inc: { n: -1 } }, { session });
        await db.collection("accounts").updateOne({ name: `b${writer}` }, { $inc: { n: 1 } }, { session });
      }),
    );
    noted.transferred++;
  }
}

async function killUnderLoad(path: string, round: number, noted: Acknowledged): Promise<void> {
  const server = await startServerProcess(path, __dirname.concat("/bench"));
  const client = new MongoClient(server.uri, { serverSelectionTimeoutMS: 200, retryWrites: false, retryReads: false });
  client.on("error", () => undefined);
  await client.connect();
  if (round === 0) {
    const db = client.db("durable");
    await db.collection("singles").createIndex({ key: 1 }, { unique: true });
    const names = Array.from({ length: writers }, (_, i) => [`a${i}`, `b${i}`]).flat();
    await db.collection("accounts").insertMany(names.map((name) => ({ name, n: 0 })));
  }
  const running = Array.from({ length: writers }, (_, writer) =>
    write(client, round, writer, noted).catch(() => undefined),
  );
  await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 200));
  await server.end("SIGKILL");
  await client.close(true);
  await Promise.all(running);
}

describe("a write that was acknowledged", () => {
  it(
    `survives SIGKILL (${kills} times under load)`,
    async () => {
      const path = mkdtempSync(join(tmpdir(), "mongo-durable-"));
      const noted: Acknowledged = { inserted: new Map(), transferred: 0 };
      for (let round = 0; round < kills; round++) await killUnderLoad(path, round, noted);
      const server = await startServerProcess(path, __dirname.concat("/bench"));
      const client = await new MongoClient(server.uri).connect();
      const db = client.db("durable");
      const found = new Map(
        (await db.collection("singles").find().toArray()).map(({ key, i }) => [key as string, i as number]),
      );
      const lost = [...noted.inserted].filter(([key, i]) => found.get(key) !== i);
      expect(lost).toEqual([]);
      const byIndex = await db
        .collection("singles")
        .find({ key: { $gte: "" } })
        .hint("key_1")
        .toArray();
      expect(byIndex).toHaveLength(found.size); // the index has what the collection has
      const accounts = await db.collection("accounts").find().toArray();
      expect(accounts.reduce((sum, { n }) => sum + (n as number), 0)).toBe(0); // no transaction is there by half
      const moved = accounts
        .filter(({ name }) => (name as string).startsWith("b"))
        .reduce((sum, { n }) => sum + (n as number), 0);
      expect(moved).toBeGreaterThanOrEqual(noted.transferred);
      expect(noted.inserted.size).toBeGreaterThan(kills * 10);
      await client.close();
      await server.end("SIGTERM");
      rmSync(path, { recursive: true });
    },
    60_000 + kills * 5000,
  );

  it("is recognised when it is repeated after SIGKILL", async () => {
    const path = mkdtempSync(join(tmpdir(), "mongo-retry-"));
    const here = __dirname.concat("/bench");
    const update = {
      update: "c",
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
      lsid: { id: new UUID() },
      txnNumber: 1,
    };
    const send = (uri: string) => rawCommandTo(Number(new URL(uri).port), "retry", update);
    const first = await startServerProcess(path, here);
    const answer = await send(first.uri);
    await first.end("SIGKILL");
    const second = await startServerProcess(path, here);
    expect(await send(second.uri)).toEqual(answer);
    const client = await new MongoClient(second.uri).connect();
    expect(await client.db("retry").collection("c").find().toArray()).toEqual([{ _id: 1, n: 1 }]);
    await client.close();
    await second.end("SIGTERM");
    rmSync(path, { recursive: true });
  });
});

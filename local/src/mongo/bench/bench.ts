import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { open } from "lmdb";
import type { Collection, Document } from "mongodb";
import { MongoClient, ObjectId } from "mongodb";
import { startServerProcess } from "../testing/server-process";

// `npx tsx src/mongo/bench/bench.ts [documents]`: the figures of README.md. The server runs in a process of its own.
const documents = Number(process.argv[2] ?? 100_000);
const channels = Array.from({ length: 100 }, () => new ObjectId());

async function measure(what: string, count: number, run: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await run();
  const ms = performance.now() - started;
  console.log(`${what.padEnd(62)} ${((count / ms) * 1000).toFixed(0).padStart(7)} /s  ${(ms / count).toFixed(3)} ms`);
}

async function repeat(count: number, run: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await run(i);
}

/** `clients` loops that share `count` turns. */
async function concurrently(
  clients: number,
  count: number,
  run: (client: number, i: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const loop = async (client: number) => {
    while (next < count) await run(client, next++);
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)));
}

async function bareCommits(count: number): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), "mongo-bench-lmdb-"));
  const db = open<Buffer, Buffer>({ path, encoding: "binary", keyEncoding: "binary", overlappingSync: false });
  await measure("bare LMDB: a commit of one key of 200 bytes", count, () =>
    repeat(count, (i) => db.transaction(() => void db.put(Buffer.from(String(i)), Buffer.alloc(200)))),
  );
  await db.close();
  rmSync(path, { recursive: true });
}

const message = (i: number): Document => ({
  channelId: channels[i % channels.length],
  seq: i,
  authorId: new ObjectId(),
  text: `message ${i} `.padEnd(120, "x"),
  createdAt: new Date(1_700_000_000_000 + i * 1000),
});

async function transaction(client: MongoClient, messages: Collection, channel: ObjectId): Promise<void> {
  const counters = messages.db.collection("counters");
  const readStates = messages.db.collection("readStates");
  await client.withSession((session) =>
    session.withTransaction(async () => {
      const counter = await counters.findOneAndUpdate(
        { channelId: channel },
        { $inc: { seq: 1 } },
        { session, returnDocument: "after" },
      );
      await messages.insertMany([{ ...message(0), channelId: channel, seq: Number(counter?.seq) + 1_000_000 }], {
        session,
      });
      await readStates.updateMany({ channelId: channel }, { $inc: { unread: 1 } }, { session });
    }),
  );
}

async function transactionRate(
  what: string,
  client: MongoClient,
  messages: Collection,
  clients: number,
  count: number,
): Promise<void> {
  await measure(what, count, () =>
    concurrently(clients, count, (one) => transaction(client, messages, channels[one] as ObjectId)),
  );
}

async function main(): Promise<void> {
  await bareCommits(2000);
  const path = mkdtempSync(join(tmpdir(), "mongo-bench-"));
  const started = performance.now();
  const server = await startServerProcess(path, dirname(process.argv[1] ?? ""));
  console.log(
    `start of the process until it listens: ${(performance.now() - started).toFixed(0)} ms (TypeScript through tsx)`,
  );
  const client = await new MongoClient(server.uri).connect();
  const db = client.db("bench");
  const messages = db.collection("messages");
  await messages.createIndex({ channelId: 1, seq: -1 });
  await db.collection("counters").insertMany(channels.map((channelId) => ({ channelId, seq: 0 })));
  await db.collection("counters").createIndex({ channelId: 1 }, { unique: true });
  await db.collection("readStates").createIndex({ channelId: 1 });
  await db
    .collection("readStates")
    .insertMany(channels.flatMap((channelId) => [1, 2, 3, 4, 5].map(() => ({ channelId, unread: 0 }))));

  await measure("insertMany, batches of 1,000, one compound index", documents, () =>
    repeat(documents / 1000, (b) => messages.insertMany(Array.from({ length: 1000 }, (_, i) => message(b * 1000 + i)))),
  );
  const single = db.collection("single");
  await measure("insertOne one by one, w: majority, j: true", 2000, () =>
    repeat(2000, (i) => single.insertOne(message(i), { writeConcern: { w: "majority", journal: true } })),
  );
  await measure("insertOne, 10 concurrent", 5000, () => concurrently(10, 5000, (_, i) => single.insertOne(message(i))));
  const ids = (
    await messages
      .find({}, { projection: { _id: 1 } })
      .limit(5000)
      .toArray()
  ).map(({ _id }) => _id);
  await measure("findById one by one", 5000, () => repeat(5000, (i) => messages.findOne({ _id: ids[i] })));
  await measure("findById, 10 concurrent", 20_000, () =>
    concurrently(10, 20_000, (_, i) => messages.findOne({ _id: ids[i % 5000] })),
  );
  await measure(`page of 50 of ${documents} by index, one by one`, 2000, () =>
    repeat(2000, (i) =>
      messages
        .find({ channelId: channels[i % 100], seq: { $lt: documents / 2 } })
        .sort({ seq: -1 })
        .limit(50)
        .toArray(),
    ),
  );
  await measure("countDocuments of 500 by index", 1000, () =>
    repeat(1000, (i) => messages.countDocuments({ channelId: channels[i % 100], seq: { $gte: documents / 2 } })),
  );
  await transactionRate("transaction of three statements, one by one", client, messages, 1, 500);
  await transactionRate("transaction of three statements, 10 clients, 10 channels", client, messages, 10, 3000);
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1];
  console.log(`resident memory at the end: ${(Number(rss) / 1024).toFixed(0)} MiB`);
  await client.close();
  await server.end("SIGTERM");
  rmSync(path, { recursive: true });
}

void main();

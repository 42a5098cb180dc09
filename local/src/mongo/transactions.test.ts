import type { ClientSession, Collection } from "mongodb";
import { MongoClient, UUID } from "mongodb";
import { startMongoServer } from "./index";
import { useServer } from "./testing/fixture";
import { rawCommandTo } from "./testing/raw-command";

const fixture = useServer();

async function inSession(run: (session: ClientSession) => Promise<void>): Promise<void> {
  await fixture.client.withSession(async (session) => {
    session.startTransaction();
    await run(session);
    if (session.inTransaction()) await session.abortTransaction();
  });
}

async function counter(): Promise<Collection> {
  return fixture.collection([
    { k: "a", n: 0 },
    { k: "b", n: 0 },
  ]);
}

describe("a transaction left open", () => {
  it("is aborted at the end of its lifetime, and what it held is free", async () => {
    const server = await startMongoServer({ port: 0, transactionLifetimeMs: 300 });
    const client = await new MongoClient(server.uri).connect();
    const collection = client.db("test").collection("held");
    await collection.insertOne({ k: "a", n: 0 });
    const [dead, alive] = [client.startSession(), client.startSession()];
    dead.startTransaction();
    await collection.updateOne({ k: "a" }, { $inc: { n: 1 } }, { session: dead });
    alive.startTransaction();
    const update = () => collection.updateOne({ k: "a" }, { $inc: { n: 10 } }, { session: alive });
    await expect(update()).rejects.toMatchObject({ code: 112 });
    await alive.abortTransaction();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await alive.withTransaction(update);
    await expect(dead.commitTransaction()).rejects.toMatchObject({ code: 251 });
    expect(await collection.findOne({}, { projection: { _id: 0 } })).toEqual({ k: "a", n: 10 });
    await client.close();
    await server.close();
  });

  it("goes on reading from its moment, as long as it has written nothing", async () => {
    const server = await startMongoServer({ port: 0, transactionLifetimeMs: 300 });
    const client = await new MongoClient(server.uri).connect();
    const collection = client.db("test").collection("read");
    await collection.insertMany(Array.from({ length: 300 }, (_, n) => ({ n })));
    const session = client.startSession();
    session.startTransaction({ readConcern: { level: "snapshot" } });
    const cursor = collection.find({}, { session, batchSize: 100 });
    await cursor.next();
    await collection.deleteMany({});
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await cursor.toArray()).toHaveLength(299);
    await session.commitTransaction();
    expect(await collection.countDocuments()).toBe(0);
    await session.endSession();
    await client.close();
    await server.close();
  });
});

describe("transactions", () => {
  it("see their own writes and are seen after commit", async () => {
    const collection = await counter();
    await collection.createIndex({ k: 1 });
    await inSession(async (session) => {
      await collection.insertOne({ k: "c", n: 1 }, { session });
      await collection.updateOne({ k: "a" }, { $set: { k: "z" } }, { session });
      await collection.deleteOne({ k: "b" }, { session });
      const sorted = await collection.find({}, { session, sort: { k: 1 } }).toArray();
      expect(sorted.map(({ k }) => k as string)).toEqual(["c", "z"]);
      expect(await collection.countDocuments({ k: "z" }, { session })).toBe(1);
      expect(await collection.distinct("k")).toEqual(["a", "b"]);
      await session.commitTransaction();
    });
    expect((await collection.distinct("k")).sort()).toEqual(["c", "z"]);
  });

  it("read from one moment", async () => {
    const collection = await counter();
    await inSession(async (session) => {
      expect(await collection.findOne({ k: "a" }, { session })).toMatchObject({ n: 0 });
      await collection.updateOne({ k: "a" }, { $inc: { n: 1 } });
      await collection.insertOne({ k: "later" });
      expect(await collection.findOne({ k: "a" }, { session })).toMatchObject({ n: 0 });
      expect(await collection.find({}, { session }).toArray()).toHaveLength(2);
    });
  });

  it("conflict when they write what was written since", async () => {
    const collection = await counter();
    await inSession(async (session) => {
      await collection.findOne({}, { session });
      await collection.updateOne({ k: "a" }, { $inc: { n: 1 } });
      const late = collection.updateOne({ k: "a" }, { $inc: { n: 1 } }, { session });
      const error = await late.then(
        () => undefined,
        (caught: unknown) => caught,
      );
      expect(error).toMatchObject({ code: 112 });
      expect((error as { hasErrorLabel(label: string): boolean }).hasErrorLabel("TransientTransactionError")).toBe(
        true,
      );
    });
    expect(await collection.findOne({ k: "a" })).toMatchObject({ n: 1 });
  });

  it("conflict with one another at once: the first writer wins", async () => {
    const collection = await counter();
    await inSession(async (first) => {
      await collection.updateOne({ k: "a" }, { $inc: { n: 1 } }, { session: first });
      await inSession(async (second) => {
        await expect(collection.updateOne({ k: "a" }, { $inc: { n: 10 } }, { session: second })).rejects.toMatchObject({
          code: 112,
        });
      });
      await first.commitTransaction();
    });
    expect(await collection.findOne({ k: "a" })).toMatchObject({ n: 1 });
  });

  it("make writes outside wait until they end", async () => {
    const collection = await counter();
    let outside: Promise<unknown> = Promise.resolve();
    await inSession(async (session) => {
      await collection.updateOne({ k: "a" }, { $inc: { n: 1 } }, { session });
      outside = collection.updateOne({ k: "a" }, { $inc: { n: 10 } });
      await expect(collection.updateOne({ k: "a" }, { $inc: { n: 5 } }, { maxTimeMS: 50 })).rejects.toMatchObject({
        code: 50,
      });
      await session.commitTransaction();
    });
    await outside;
    expect(await collection.findOne({ k: "a" })).toMatchObject({ n: 11 });
  });

  it("lose no update under contention", async () => {
    const collection = await counter();
    const increment = () =>
      fixture.client.withSession((session) =>
        session.withTransaction(async () => {
          const found = await collection.findOne({ k: "a" }, { session });
          await collection.updateOne({ k: "a" }, { $set: { n: Number(found?.n) + 1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 30 }, increment));
    expect(await collection.findOne({ k: "a" })).toMatchObject({ n: 30 });
  });

  it("end with a duplicate key", async () => {
    const collection = await counter();
    await collection.createIndex({ k: 1 }, { unique: true });
    await inSession(async (session) => {
      await collection.insertOne({ k: "c" }, { session });
      await expect(collection.insertOne({ k: "a" }, { session })).rejects.toMatchObject({ code: 11000 });
      await expect(collection.findOne({}, { session })).rejects.toMatchObject({ code: 251 });
    });
    expect(await collection.countDocuments()).toBe(2);
  });

  it("leave nothing when aborted, not even a collection", async () => {
    const { db } = await counter();
    await inSession(async (session) => {
      await db.collection("fresh").insertOne({ a: 1 }, { session });
    });
    expect(await db.listCollections({ name: "fresh" }).toArray()).toEqual([]);
  });

  it("do not miss an index that was made meanwhile", async () => {
    const collection = await counter();
    await inSession(async (session) => {
      await collection.insertOne({ k: "c", n: 0 }, { session });
      await collection.createIndex({ n: 1 });
      await expect(session.commitTransaction()).rejects.toMatchObject({ code: 112 });
    });
    expect(await collection.countDocuments({ n: 0 })).toBe(2);
  });

  it("refuse what MongoDB refuses in them", async () => {
    const collection = await counter();
    await inSession(async (session) => {
      await expect(collection.db.command({ count: collection.collectionName }, { session })).rejects.toMatchObject({
        code: 263,
      });
    });
  });

  it("close their cursors", async () => {
    const collection = await fixture.collection(Array.from({ length: 10 }, (_, i) => ({ i })));
    await inSession(async (session) => {
      const cursor = collection.find({}, { session, batchSize: 2 });
      await cursor.next();
      await session.commitTransaction();
      await expect(cursor.toArray()).rejects.toThrow();
    });
  });
});

describe("unique indexes under concurrency", () => {
  it("let one of fifty inserts win", async () => {
    const collection = await fixture.collection();
    await collection.createIndex({ k: 1 }, { unique: true });
    const inserts = Array.from({ length: 50 }, (_, i) => collection.insertOne({ k: "same", i }));
    const outcomes = await Promise.allSettled(inserts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: 11000 });
    expect(await collection.countDocuments()).toBe(1);
  });

  it("let one of fifty upserts insert", async () => {
    const collection = await fixture.collection();
    await collection.createIndex({ k: 1 }, { unique: true });
    const upserts = Array.from({ length: 50 }, () =>
      collection.updateOne({ k: "same" }, { $inc: { n: 1 } }, { upsert: true }),
    );
    await Promise.all(upserts);
    expect(await collection.find().toArray()).toMatchObject([{ k: "same", n: 50 }]);
  });

  it("let one of twenty transactions win", async () => {
    const collection = await fixture.collection();
    await collection.createIndex({ k: 1 }, { unique: true });
    const insert = () =>
      fixture.client.withSession((session) =>
        session.withTransaction(() => collection.insertOne({ k: "same" }, { session })),
      );
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, insert));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await collection.countDocuments()).toBe(1);
  });
});

describe("retryable writes", () => {
  it("are done once", async () => {
    const collection = await counter();
    const { db, collectionName } = collection;
    const lsid = { id: new UUID() };
    const command = { update: collectionName, updates: [{ q: { k: "a" }, u: { $inc: { n: 1 } } }], lsid, txnNumber: 5 };
    const send = (txnNumber: number) => rawCommand(db.databaseName, { ...command, txnNumber });
    const first = await send(5);
    expect(await send(5)).toEqual(first);
    expect(await collection.findOne({ k: "a" })).toMatchObject({ n: 1 });
    await send(6);
    expect(await collection.findOne({ k: "a" })).toMatchObject({ n: 2 });
    expect(await send(5)).toMatchObject({ ok: 0, code: 225 });
  });
});

/** Sends a command past the driver, which would number its sessions itself. */
const rawCommand = (database: string, command: object) => rawCommandTo(fixture.server.port, database, command);

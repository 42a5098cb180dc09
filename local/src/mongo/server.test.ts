import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Document } from "mongodb";
import { MongoClient } from "mongodb";
import { startMongoServer } from "./index";
import { useServer } from "./testing/fixture";

const fixture = useServer();
const command = (document: Document) => fixture.client.db("test").command(document);

describe("a client's watch over the server", () => {
  it("never finds it away while it is there", async () => {
    const client = new MongoClient(fixture.server.uri, { heartbeatFrequencyMS: 500, connectTimeoutMS: 1000 });
    let [beats, failures] = [0, 0];
    client.on("serverHeartbeatSucceeded", () => beats++).on("serverHeartbeatFailed", () => failures++);
    await client.connect();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await client.close();
    expect([beats > 3, failures]).toEqual([true, 0]);
  });
});

describe("starting", () => {
  it("fails on a port that is taken", async () => {
    await expect(startMongoServer({ port: fixture.server.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("fails on a folder that is in use, and on one of another format", async () => {
    const path = mkdtempSync(join(tmpdir(), "mongo-folder-"));
    const first = await startMongoServer({ port: 0, path });
    await expect(startMongoServer({ port: 0, path })).rejects.toThrow(/in use by process/);
    await first.close();
    await (await startMongoServer({ port: 0, path })).close();
    writeFileSync(join(path, "server.lock"), "999999999 1\n"); // left behind by a process that was killed
    await (await startMongoServer({ port: 0, path })).close();
    writeFileSync(join(path, "format"), "99\n");
    await expect(startMongoServer({ port: 0, path })).rejects.toThrow(/has format 99/);
    rmSync(path, { recursive: true });
  });

  it("keeps data and indexes from one start to the next", async () => {
    const path = mkdtempSync(join(tmpdir(), "mongo-folder-"));
    const first = await startMongoServer({ port: 0, path });
    const writer = await new MongoClient(first.uri).connect();
    await writer.db("d").collection("c").createIndex({ a: 1 }, { unique: true });
    await writer
      .db("d")
      .collection<{ _id: number; a: unknown }>("c")
      .insertMany([
        { _id: 1, a: [5, 6] },
        { _id: 2, a: 7 },
      ]);
    const arrays = writer.db("d").collection("arrays");
    await arrays.createIndex({ k: 1 }, { unique: true });
    await arrays.createIndex({ list: 1 });
    await arrays.insertOne({ k: 1 });
    await expect(arrays.insertOne({ list: [1, 9], k: 1 })).rejects.toMatchObject({ code: 11000 });
    await arrays.insertOne({ list: [1, 9], k: 2 });
    await writer.close();
    await first.close();
    const second = await startMongoServer({ port: 0, path });
    const reader = await new MongoClient(second.uri).connect();
    const collection = reader.db("d").collection<{ _id: number; a: unknown }>("c");
    expect(await collection.find({ a: { $gt: 5, $lt: 7 } }).toArray()).toEqual([{ _id: 1, a: [5, 6] }]);
    await expect(collection.insertOne({ _id: 3, a: 5 })).rejects.toMatchObject({ code: 11000 });
    expect(
      await reader
        .db("d")
        .collection("arrays")
        .countDocuments({ list: { $gt: 3, $lt: 5 } }),
    ).toBe(1);
    await reader.close();
    await second.close();
    rmSync(path, { recursive: true });
  });
});

describe("commands", () => {
  it.each<[string, Document, number]>([
    ["an unknown one", { foo: 1 }, 59],
    ["a refused one", { collMod: "c" }, 115],
    ["map-reduce", { mapReduce: "c" }, 115],
    ["an unknown field", { find: "c", foo: 1 }, 40415],
    ["a view", { create: "v", viewOn: "c" }, 238],
    ["a validator", { create: "v", validator: { a: 1 } }, 238],
    ["an unknown stage", { aggregate: "c", pipeline: [{ $foo: {} }], cursor: {} }, 40324],
    ["a refused stage", { aggregate: "c", pipeline: [{ $graphLookup: {} }], cursor: {} }, 238],
    ["a change stream", { aggregate: "c", pipeline: [{ $changeStream: {} }], cursor: {} }, 40573],
    ["two names in a stage", { aggregate: "c", pipeline: [{ $match: {}, $limit: 1 }], cursor: {} }, 40323],
    ["an invalid name", { find: "a$b" }, 73],
    ["an empty batch", { insert: "c", documents: [] }, 16],
    ["a filter that is none", { find: "c", filter: 5 }, 14],
    ["an unknown cursor", { getMore: 5n, collection: "c" }, 43],
  ])("%s is refused", async (_, document, code) => {
    await expect(command(document)).rejects.toMatchObject({ code });
  });

  it("an unknown field of a statement is refused", async () => {
    const reply = await command({ update: "c", updates: [{ q: {}, u: {}, foo: 1 }] });
    expect(reply.writeErrors).toMatchObject([{ code: 40415 }]);
  });

  it("a write concern one member cannot give is told", async () => {
    const collection = await fixture.collection();
    await expect(collection.insertOne({ a: 1 }, { writeConcern: { w: 3 } })).rejects.toMatchObject({ code: 100 });
  });
});

describe("cursors", () => {
  const documents = () => Array.from({ length: 1000 }, (_, i) => ({ _id: i, k: i % 7 }) as unknown as Document);

  it("go on while documents come and go, each once", async () => {
    const collection = await fixture.collection(documents());
    const seen: number[] = [];
    for await (const { _id } of collection.find({}, { batchSize: 100 })) {
      seen.push(_id as unknown as number);
      if (seen.length === 150) await collection.deleteMany({ _id: { $gte: 500, $lt: 600 } } as Document);
    }
    expect(seen).toHaveLength(900);
    expect(new Set(seen).size).toBe(900);
  });

  it("read indexes backwards in several batches", async () => {
    const collection = await fixture.collection(documents());
    await collection.createIndex({ k: 1, _id: 1 });
    const found = await collection.find({ k: 3 }, { sort: { _id: -1 }, batchSize: 10 }).toArray();
    const expected = documents()
      .filter(({ k }) => k === 3)
      .map(({ _id }) => _id as number)
      .reverse();
    expect(found.map(({ _id }) => _id as unknown as number)).toEqual(expected);
    const all = await collection.find({}, { sort: { _id: -1 }, batchSize: 37 }).toArray();
    expect(all.map(({ _id }) => _id as unknown as number)).toEqual(Array.from({ length: 1000 }, (_, i) => 999 - i));
  });

  it("end with their session", async () => {
    const collection = await fixture.collection(documents());
    const session = fixture.client.startSession();
    const cursor = collection.find({}, { session, batchSize: 5 });
    await cursor.next();
    await fixture.client.db("admin").command({ killSessions: [session.id] });
    await expect(cursor.toArray()).rejects.toMatchObject({ code: 43 });
    await session.endSession();
  });

  it("fail when a read takes longer than it may", async () => {
    const collection = await fixture.collection(
      Array.from({ length: 20_000 }, (_, i) => ({ i, text: "x".repeat(100) })),
    );
    await expect(collection.find({ text: /y/ }, { maxTimeMS: 1 }).toArray()).rejects.toMatchObject({ code: 50 });
  });
});

describe("TTL indexes", () => {
  it("remove what has expired", async () => {
    const collection = await fixture.collection();
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 10 });
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
    await collection.insertMany([{ at: ago(11) }, { at: ago(5) }, { at: [ago(100), ago(1)] }, { at: "text" }, {}]);
    expect(await fixture.server.sweepExpired()).toBe(2);
    expect(await collection.countDocuments()).toBe(3);
  });
});

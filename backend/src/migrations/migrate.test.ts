import mongoose from "mongoose";
import { newDatabase } from "../testing/test-api";
import { migrate, migrationState } from "./migrate";
import type { Db, Migration } from "./migration";

let client: mongoose.mongo.MongoClient;
let db: Db;
beforeEach(async () => {
  client = await new mongoose.mongo.MongoClient(newDatabase()).connect();
  db = client.db();
  await db
    .collection<{ _id: number }>("things")
    .insertMany(Array.from({ length: 1700 }, (_, i) => ({ _id: i, visits: 0 })));
});
afterEach(async () => {
  await db.dropDatabase();
  await client.close();
});

/** Counts how often it comes to each thing, which a real one must not do: so that a test can see it. */
const visiting = (onBatch: (ids: number[]) => unknown = () => undefined): Migration => ({
  name: "0001-visit",
  steps: [
    {
      act: (base) =>
        base.collection<{ _id: string }>("acts").updateOne({ _id: "first" }, { $inc: { visits: 1 } }, { upsert: true }),
    },
    {
      collection: "things",
      filter: {},
      change: async (base, batch) => {
        const ids = batch.map(({ _id }) => _id as number);
        await base.collection<{ _id: number }>("things").updateMany({ _id: { $in: ids } }, { $inc: { visits: 1 } });
        await onBatch(ids);
      },
    },
  ],
});

/** How many things were come to how often. */
const visits = async (): Promise<Record<number, number>> =>
  Object.fromEntries(
    (
      await db
        .collection("things")
        .aggregate([{ $group: { _id: "$visits", count: { $sum: 1 } } }])
        .toArray()
    ).map(({ _id, count }) => [_id, count] as [number, number]),
  );
const turns = () => db.collection<{ _id: string; holder: string; until: Date; place?: object }>("migrations");

describe("a migration", () => {
  it("that was stopped goes on where it was", async () => {
    const stop = new AbortController();
    const stopped = migrate(db, [visiting()], {
      signal: stop.signal,
      onBatch: ({ documents }) => documents === 1000 && stop.abort(new Error("stopped")),
    });
    await expect(stopped).rejects.toThrow("stopped");
    expect(await visits()).toEqual({ 0: 700, 1: 1000 });
    const state = await migrationState(db, [visiting()]);
    expect(state).toMatchObject({
      pending: ["0001-visit"],
      place: { migration: "0001-visit", documents: 1000, after: 999 },
    });
    const done: unknown[] = [];
    // At once: whoever is stopped gives its turn back.
    await migrate(db, [visiting()], { onDone: (name, documents) => done.push(name, documents) });
    expect(await visits()).toEqual({ 1: 1700 });
    expect(done).toEqual(["0001-visit", 1700]);
    expect(await db.collection("acts").findOne()).toMatchObject({ visits: 1 });
    await migrate(db, [visiting(() => Promise.reject(new Error("again")))]);
  });

  it("that fails in a batch repeats that batch alone", async () => {
    const failing = visiting((ids) => ids.includes(1200) && Promise.reject(new Error("the network is gone")));
    await expect(migrate(db, [failing])).rejects.toThrow("the network is gone");
    await migrate(db, [visiting()]);
    expect(await visits()).toEqual({ 1: 1200, 2: 500 });
  });

  it("is done once by two processes at the same time: the other waits", async () => {
    let waited = 0;
    const slow = visiting(() => new Promise((resolve) => setTimeout(resolve, 20)));
    const options = { onWait: () => waited++ };
    await Promise.all([migrate(db, [slow], options), migrate(db, [slow], options), migrate(db, [slow], options)]);
    expect(waited).toBe(2);
    expect(await visits()).toEqual({ 1: 1700 });
    expect((await migrationState(db, [slow])).pending).toEqual([]);
  });

  it("is taken over from a process that died, where it was, once its turn is over", async () => {
    const until = new Date(Date.now() + 1500);
    const place = { migration: "0001-visit", step: 1, after: 999, documents: 1000 };
    await turns().insertOne({ _id: "under way", holder: "who died", until, place });
    let waited = 0;
    await migrate(db, [visiting()], { onWait: () => waited++ });
    expect(Date.now()).toBeGreaterThanOrEqual(until.getTime());
    expect(waited).toBe(1);
    expect(await visits()).toEqual({ 0: 1000, 1: 700 });
    expect(await db.collection("acts").findOne()).toBeNull();
  });

  it("keeps its turn while a batch takes longer than that, and stops when it lost it", async () => {
    let others = 0;
    const slow = visiting(async ([first]) => {
      if (first !== 0) return;
      await new Promise((resolve) => setTimeout(resolve, 900));
      others = await turns().countDocuments({ _id: "under way", until: { $lte: new Date() } });
    });
    await migrate(db, [slow], { turnTime: 300 });
    expect(others).toBe(0);

    const second: Migration = { ...visiting((ids) => steal(ids)), name: "0002-visit" };
    const seen: number[] = [];
    const steal = async ([first = -1]: number[]) => {
      seen.push(first);
      if (first === 500 && seen.length === 2)
        await turns().updateOne(
          { _id: "under way" },
          { $set: { holder: "another", until: new Date(Date.now() + 400) } },
        );
    };
    await migrate(db, [visiting(), second]);
    // It wrote no place after its turn was lost, and went on from the last one when the other had gone.
    expect(seen).toEqual([0, 500, 500, 1000, 1500]);
  });

  it("of a newer version is known as such, and in nobody's way", async () => {
    await turns().insertOne({ _id: "0999-from-tomorrow", at: new Date() } as never);
    await migrate(db, [visiting()]);
    expect(await migrationState(db, [visiting()])).toMatchObject({ unknown: ["0999-from-tomorrow"], pending: [] });
  });
});

import { readFileSync } from "node:fs";
import path from "node:path";
import mongoose from "mongoose";
import { createIndexes } from "../db/create-indexes";
import { liveIn, type LivedIn } from "../testing/lived-in";
import { allModels } from "../models";
import { compareSchema } from "./compare-schema";
import { schemaText } from "./describe-schema";
import type { Difference } from "./difference";

it("the models are described by the committed schema.json (npm run db:export-schema -- --out backend/schema.json writes it)", () => {
  expect(readFileSync(path.join(__dirname, "../../schema.json"), "utf8")).toBe(schemaText());
});

describe("a database that was lived in", () => {
  let place: LivedIn;
  let db: mongoose.mongo.Db;
  beforeAll(async () => {
    place = await liveIn();
    db = mongoose.connection.db as mongoose.mongo.Db;
  }, 60_000);
  afterAll(() => place.api.close());

  /** What is found after a change that is then taken back. */
  async function differencesAfter(change: () => Promise<unknown>, takeBack: () => Promise<unknown>, sample?: number) {
    await change();
    try {
      return await compareSchema(db, { sample });
    } finally {
      await takeBack();
    }
  }

  it("is as the models say, whatever was done over the API", async () => {
    const counts = await Promise.all(allModels().map((model) => model.estimatedDocumentCount()));
    // Otherwise there was little to compare.
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(25);
    expect(await compareSchema(db)).toEqual([]);
    expect(await compareSchema(db, { sample: 3 })).toEqual([]);
  }, 60_000);

  it("takes bytes for there although there are none: a segment of the search index whose messages have no word", async () => {
    const segments = db.collection("searchSegments");
    const _id = new mongoose.Types.ObjectId();
    const found = await differencesAfter(
      () => segments.insertOne({ _id, size: 1, firstKeys: Buffer.alloc(0), blockTimes: Buffer.alloc(8) }),
      () => segments.deleteOne({ _id }),
    );
    expect(found).toEqual([]);
  });

  it("shows a missing index, one too many, and one that is other than it should be", async () => {
    const users = db.collection("users");
    const found = await differencesAfter(
      async () => {
        await users.dropIndex("email_1");
        await users.createIndex({ email: 1 }, { name: "email_1" });
        await users.dropIndex("role_1");
        await users.createIndex({ phone: 1 }, { name: "by phone" });
        await db.collection("usedOnce").dropIndex("expiresAt_1");
        await db.collection("usedOnce").createIndex({ expiresAt: 1 }, { expireAfterSeconds: 9 });
      },
      async () => {
        for (const name of ["email_1", "by phone"]) await users.dropIndex(name);
        await db.collection("usedOnce").dropIndex("expiresAt_1");
        await createIndexes(db);
      },
    );
    const index = (kind: Difference["kind"], collection: string, detail: string) => ({ kind, collection, detail });
    expect(found).toEqual([
      index(
        "different index",
        "usedOnce",
        'expiresAt_1 {"expiresAt":1} {"expireAfterSeconds":9}, should be expiresAt_1 {"expiresAt":1} {"expireAfterSeconds":0}',
      ),
      index("different index", "users", 'email_1 {"email":1} {}, should be email_1 {"email":1} {"unique":true}'),
      index("missing index", "users", 'role_1 {"role":1} {}'),
      index("extra index", "users", 'by phone {"phone":1} {}'),
    ]);
    expect(await compareSchema(db)).toEqual([]);
  }, 60_000);

  it("shows a collection that is missing, one that nobody knows, and migrations that one side has not", async () => {
    const names = db.collection<{ _id: string; at: Date }>("migrations");
    const found = await differencesAfter(
      async () => {
        await db.dropCollection("pins");
        await db.createCollection("leftovers");
        await names.deleteOne({ _id: "0002-messaging" });
        await names.insertOne({ _id: "0999-from-tomorrow", at: new Date() });
      },
      async () => {
        await db.dropCollection("leftovers");
        await names.deleteOne({ _id: "0999-from-tomorrow" });
        await names.insertOne({ _id: "0002-messaging", at: new Date() });
        await createIndexes(db);
      },
    );
    expect(found).toEqual([
      { kind: "pending migration", collection: "migrations", detail: "0002-messaging" },
      { kind: "unknown migration", collection: "migrations", detail: "0999-from-tomorrow" },
      { kind: "unknown collection", collection: "leftovers", detail: "" },
      { kind: "missing collection", collection: "pins", detail: "" },
    ]);
    expect(await compareSchema(db)).toEqual([]);
  }, 60_000);

  it("shows documents that no longer validate, by their ids and never by what they say", async () => {
    const ids = Array.from({ length: 7 }, () => new mongoose.Types.ObjectId());
    const good = { memberCount: 1, createdBy: ids[0], createdAt: new Date(), type: "public" };
    const found = await differencesAfter(
      async () => {
        await db.collection("channels").insertMany([
          { ...good, _id: ids[0], type: "sort of secret" },
          { ...good, _id: ids[1], name: 4711 },
          { ...good, _id: ids[2], lastMessage: { id: "sort of secret" } },
        ]);
        await db
          .collection("pins")
          .insertMany(ids.map((_id) => ({ _id, channelId: _id, messageId: _id, userId: null, createdAt: new Date() })));
      },
      async () => {
        await db.collection("channels").deleteMany({ _id: { $in: ids } });
        await db.collection("pins").deleteMany({ _id: { $in: ids } });
      },
    );
    const of = (...which: number[]) => which.map((i) => String(ids[i]));
    const invalid = (collection: string, detail: string, ...which: number[]) => ({
      kind: "invalid documents",
      collection,
      detail,
      count: which.length,
      ids: of(...which.slice(0, 5)),
    });
    expect(found).toEqual([
      invalid("channels", "type is none of the values it may have", 0),
      invalid("channels", "name is no String", 1),
      invalid("channels", "lastMessage.id is of another type", 2),
      invalid("pins", "userId is missing", 0, 1, 2, 3, 4, 5, 6),
    ]);
    expect(JSON.stringify(found)).not.toMatch(/secret|4711/);
  }, 60_000);
});

import type { Collection, CreateIndexesOptions, Document } from "mongodb";
import { idsOf, useServer } from "../testing/fixture";

const fixture = useServer();

interface Explained {
  stage: string;
  index: string | undefined;
  sorted: boolean;
  docs: number;
  keys: number;
  returned: number;
}

async function explain(collection: Collection, filter: Document, options: Document = {}): Promise<Explained> {
  const { queryPlanner, executionStats } = await collection.find(filter, options).explain("executionStats");
  let stage = queryPlanner.winningPlan as Document;
  let sorted = false;
  while (stage.inputStage) {
    sorted ||= stage.stage === "SORT";
    stage = stage.inputStage as Document;
  }
  return {
    stage: stage.stage as string,
    index: stage.indexName as string | undefined,
    sorted,
    docs: executionStats.totalDocsExamined as number,
    keys: executionStats.totalKeysExamined as number,
    returned: executionStats.nReturned as number,
  };
}

/** 200 messages: channel i % 4, number i. */
async function messages(...indexes: [Record<string, 1 | -1>, CreateIndexesOptions?][]): Promise<Collection> {
  const documents = Array.from({ length: 200 }, (_, i) => ({
    _id: i,
    channel: i % 4,
    seq: i,
    tags: [`t${i % 10}`, "all"],
    ...(i % 50 === 0 && { key: `k${i}` }),
  }));
  const collection = await fixture.collection(documents as unknown as Document[]);
  for (const [key, options] of indexes) await collection.createIndex(key, options);
  return collection;
}

describe("queries use indexes", () => {
  it("without one they scan", async () => {
    expect(await explain(await messages(), { channel: 1 })).toMatchObject({
      stage: "COLLSCAN",
      docs: 200,
      returned: 50,
    });
  });

  it("equality, range and order of a compound index, forwards and backwards", async () => {
    const collection = await messages([{ channel: 1, seq: -1 }]);
    for (const direction of [1, -1] as const) {
      const options = { sort: { seq: direction }, limit: 10 };
      const plan = await explain(collection, { channel: 1, seq: { $lt: 101 } }, options);
      expect(plan).toMatchObject({ stage: "IXSCAN", index: "channel_1_seq_-1", sorted: false, docs: 10, returned: 10 });
      const found = await idsOf(collection, { channel: 1, seq: { $lt: 101 } }, options);
      expect(found.slice(0, 3)).toEqual(direction === 1 ? [1, 5, 9] : [97, 93, 89]);
    }
  });

  it("the bounds are exact", async () => {
    const collection = await messages([{ channel: 1, seq: -1 }]);
    expect(await idsOf(collection, { channel: 1, seq: { $gt: 1, $lte: 9 } }, { sort: { seq: 1 } })).toEqual([5, 9]);
    expect(await idsOf(collection, { channel: 1, seq: { $gte: 1, $lt: 9 } }, { sort: { seq: 1 } })).toEqual([1, 5]);
    expect(await explain(collection, { channel: 1, seq: { $gt: 1, $lte: 9 } })).toMatchObject({ keys: 2, docs: 2 });
  });

  it("a list is merged in the order of the rest of the index", async () => {
    const collection = await messages([{ channel: 1, seq: -1 }]);
    const options = { sort: { seq: -1 }, limit: 5 };
    const plan = await explain(collection, { channel: { $in: [0, 2, 3] } }, options);
    expect(plan).toMatchObject({ stage: "IXSCAN", sorted: false, docs: 5 });
    expect(await idsOf(collection, { channel: { $in: [0, 2, 3] } }, options)).toEqual([199, 198, 196, 195, 194]);
  });

  it("an order alone", async () => {
    const collection = await messages([{ seq: 1 }]);
    expect(await explain(collection, {}, { sort: { seq: -1 }, limit: 3 })).toMatchObject({
      index: "seq_1",
      docs: 3,
      sorted: false,
    });
  });

  it("the _id, and ranges of it", async () => {
    const collection = await messages();
    expect(await explain(collection, { _id: 7 })).toMatchObject({ stage: "IXSCAN", index: "_id_", docs: 1 });
    expect(await explain(collection, { _id: { $lt: 5 } }, { sort: { _id: -1 } })).toMatchObject({
      docs: 5,
      sorted: false,
    });
  });

  it("elements of arrays, each document once", async () => {
    const collection = await messages([{ tags: 1 }]);
    expect(await explain(collection, { tags: "t3" })).toMatchObject({ index: "tags_1", docs: 20 });
    expect(await idsOf(collection, { tags: { $in: ["t3", "all"] } })).toHaveLength(200);
    expect(await explain(collection, { tags: { $all: ["t3", "all"] } })).toMatchObject({ docs: 20, returned: 20 });
    expect(await collection.countDocuments({ tags: { $in: ["t3", "all"] } })).toBe(200);
  });

  it("two conditions below one array may be met by two elements", async () => {
    const collection = await fixture.collection([
      {
        a: [
          { b: 1, c: 5 },
          { b: 7, c: 2 },
        ],
      },
    ]);
    await collection.createIndex({ "a.b": 1, "a.c": 1 });
    expect(await collection.countDocuments({ "a.b": 1, "a.c": 2 })).toBe(1);
    expect(await collection.countDocuments({ "a.b": { $gt: 3, $lt: 5 } })).toBe(1);
    expect(await collection.countDocuments({ a: { $elemMatch: { b: 1, c: 2 } } })).toBe(0);
  });

  it("a range over an array is not narrowed from both sides", async () => {
    const collection = await fixture.collection([{ a: [1, 9] }, { a: 5 }]);
    await collection.createIndex({ a: 1 });
    expect(await collection.countDocuments({ a: { $gt: 3, $lt: 6 } })).toBe(2);
  });

  it("a range over an array is narrowed from both sides where one element must meet both", async () => {
    const collection = await fixture.collection(Array.from({ length: 50 }, (_, i) => ({ a: [i, i + 1000] })));
    await collection.createIndex({ a: 1 });
    const filter = { a: { $elemMatch: { $gte: 3, $lt: 6 } } };
    expect(await collection.countDocuments(filter)).toBe(3);
    const { executionStats } = (await collection.find(filter).explain("executionStats")) as {
      executionStats: { totalKeysExamined: number };
    };
    expect(executionStats.totalKeysExamined).toBeLessThanOrEqual(4);
    await collection.insertOne({ a: 4 });
    expect(await collection.countDocuments(filter)).toBe(3);
  });

  it("the branches of an $or", async () => {
    const collection = await messages([{ seq: 1 }]);
    const plan = await explain(collection, { $or: [{ seq: 5 }, { _id: 7 }, { seq: { $gt: 197 } }] });
    expect(plan).toMatchObject({ docs: 4, returned: 4 });
  });

  it("counts without reading documents", async () => {
    const collection = await messages([{ channel: 1, seq: -1 }]);
    expect(await collection.countDocuments({ channel: 1, seq: { $gte: 101 } })).toBe(25);
    expect(await collection.countDocuments({ channel: 1, seq: { $gte: 101 } }, { skip: 5, limit: 10 })).toBe(10);
    expect(await collection.countDocuments({ channel: 9 })).toBe(0);
  });
});

describe("indexes that leave documents out", () => {
  it("a sparse one is used only when the filter requires the field", async () => {
    const collection = await messages([{ key: 1 }, { sparse: true }]);
    expect(await explain(collection, { key: "k50" })).toMatchObject({ index: "key_1", docs: 1 });
    expect(await explain(collection, { key: { $exists: true } })).toMatchObject({ returned: 4 });
    expect(await explain(collection, { key: null })).toMatchObject({ stage: "COLLSCAN", returned: 196 });
    expect(await explain(collection, {}, { sort: { key: 1 } })).toMatchObject({ stage: "COLLSCAN", returned: 200 });
  });

  it.each<[string, Document, Document, boolean]>([
    ["an equality with text implies $type string", { key: { $type: "string" } }, { key: "k50" }, true],
    ["an equality implies $exists", { key: { $exists: true } }, { key: "k50" }, true],
    ["null implies no $exists", { key: { $exists: true } }, { key: null }, false],
    ["a number implies no $type string", { key: { $type: "string" } }, { key: 5 }, false],
    ["the same condition", { channel: 2 }, { key: "k50", channel: 2 }, true],
    ["a missing condition", { channel: 2 }, { key: "k50" }, false],
    ["a narrower range", { seq: { $gt: 10 } }, { key: "k50", seq: { $gt: 20 } }, true],
    ["a wider range", { seq: { $gt: 10 } }, { key: "k50", seq: { $gt: 5 } }, false],
  ])("partial: %s", async (_, partialFilterExpression, filter, used) => {
    const collection = await messages([{ key: 1 }, { partialFilterExpression }]);
    const plan = await explain(collection, filter);
    expect(plan.stage).toBe(used ? "IXSCAN" : "COLLSCAN");
  });

  it("a unique partial one holds only for what it includes", async () => {
    const collection = await fixture.collection();
    await collection.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { k: { $type: "string" } } });
    await collection.insertMany([{ k: null }, { k: null }, { k: "a" }]);
    await expect(collection.insertOne({ k: "a" })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { k: 1 },
      keyValue: { k: "a" },
    });
  });
});

describe("hints", () => {
  it("are followed", async () => {
    const collection = await messages([{ seq: 1 }], [{ channel: 1 }]);
    expect(await explain(collection, { seq: 5 }, { hint: "channel_1" })).toMatchObject({
      index: "channel_1",
      docs: 200,
      returned: 1,
    });
    expect(await explain(collection, { seq: 5 }, { hint: { $natural: 1 } })).toMatchObject({ stage: "COLLSCAN" });
  });

  it("or refused", async () => {
    const collection = await messages();
    await expect(collection.find({}, { hint: "nothing" }).toArray()).rejects.toMatchObject({ code: 2 });
  });
});

describe("definitions of indexes", () => {
  it.each<[string, Document, number]>([
    ["text", { key: { a: "text" }, name: "x" }, 238],
    ["geometry", { key: { a: "2dsphere" }, name: "x" }, 238],
    ["a wildcard", { key: { "$**": 1 }, name: "x" }, 238],
    ["an unknown kind", { key: { a: "foo" }, name: "x" }, 67],
    ["an unknown option", { key: { a: 1 }, name: "x", foo: 1 }, 197],
    ["no key", { key: {}, name: "x" }, 67],
    ["a TTL over two fields", { key: { a: 1, b: 1 }, name: "x", expireAfterSeconds: 1 }, 67],
  ])("%s is refused", async (_, index, code) => {
    const collection = await messages();
    const command = { createIndexes: collection.collectionName, indexes: [index] };
    await expect(collection.db.command(command)).rejects.toMatchObject({ code });
  });

  it("parallel arrays are refused", async () => {
    const collection = await fixture.collection();
    await collection.createIndex({ a: 1, b: 1 });
    await expect(collection.insertOne({ a: [1, 2], b: [1, 2] })).rejects.toMatchObject({ code: 171 });
  });

  it("the same again is nothing new, another under the same name is refused", async () => {
    const collection = await messages([{ seq: 1 }]);
    await collection.createIndex({ seq: 1 });
    expect(await collection.indexes()).toHaveLength(2);
    await expect(collection.createIndex({ seq: 1 }, { unique: true })).rejects.toMatchObject({ code: 86 });
    await expect(collection.createIndex({ seq: 1 }, { name: "other" })).rejects.toMatchObject({ code: 85 });
    await collection.dropIndex("seq_1");
    expect(await explain(collection, { seq: 1 })).toMatchObject({ stage: "COLLSCAN" });
    await expect(collection.dropIndex("seq_1")).rejects.toMatchObject({ code: 27 });
  });

  it("a unique one cannot be built over duplicates", async () => {
    const collection = await messages();
    await expect(collection.createIndex({ channel: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect(await collection.indexes()).toHaveLength(1);
  });
});

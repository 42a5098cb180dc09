import type { Document } from "mongodb";
import { Decimal128, Double, Int32, Long, ObjectId } from "mongodb";
import { useServer } from "../testing/fixture";

const fixture = useServer();

async function updated(before: Document, update: Document | Document[], options: Document = {}, filter: Document = {}) {
  const collection = await fixture.collection([{ _id: 1, ...before } as Document]);
  const result = await collection.updateOne(filter, update as Document, options);
  const after = await collection.findOne({}, { promoteValues: false, promoteLongs: false });
  const { _id: _, ...fields } = after as Document;
  return { fields, result };
}

const one = new Int32(1);
const id = new ObjectId();

describe("update operators", () => {
  it.each<[string, Document, Document, Document]>([
    ["$inc keeps int32", { a: 1 }, { $inc: { a: 1 } }, { a: new Int32(2) }],
    [
      "$inc makes int64 of an int32 that overflows",
      { a: 2147483647 },
      { $inc: { a: 1 } },
      { a: Long.fromString("2147483648") },
    ],
    [
      "$inc keeps int64",
      { a: Long.fromString("9007199254740993") },
      { $inc: { a: 1 } },
      { a: Long.fromString("9007199254740994") },
    ],
    ["$inc keeps a double", { a: new Double(1) }, { $inc: { a: 1 } }, { a: new Double(2) }],
    ["$inc with a double makes one", { a: 1 }, { $inc: { a: new Double(1) } }, { a: new Double(2) }],
    ["$inc sets a missing field", {}, { $inc: { a: 1 } }, { a: one }],
    ["$mul of a missing field is zero", {}, { $mul: { a: new Double(3) } }, { a: new Double(0) }],
    ["$mul", { a: 3 }, { $mul: { a: 4 } }, { a: new Int32(12) }],
    ["$min and $max", { a: 5, b: 5 }, { $min: { a: 3 }, $max: { b: 9 } }, { a: new Int32(3), b: new Int32(9) }],
    ["$min sets a missing field", {}, { $min: { a: 3 } }, { a: new Int32(3) }],
    [
      "$set keeps the order of fields",
      { b: 1, a: 1 },
      { $set: { a: 2, c: 3 } },
      { b: one, a: new Int32(2), c: new Int32(3) },
    ],
    ["$set adds fields in the order of their names", {}, { $set: { c: 1, b: 1 } }, { b: one, c: one }],
    ["$set makes the documents on its way", {}, { $set: { "a.b.c": 1 } }, { a: { b: { c: one } } }],
    ["$set beyond the end of an array", { a: [1] }, { $set: { "a.2": 1 } }, { a: [one, null, one] }],
    ["$unset", { a: 1, b: 1 }, { $unset: { a: "" } }, { b: one }],
    ["$unset of an element leaves null", { a: [1, 1] }, { $unset: { "a.0": 1 } }, { a: [null, one] }],
    ["$unset below a scalar does nothing", { a: 1 }, { $unset: { "a.b": 1 } }, { a: one }],
    ["$rename", { a: 1 }, { $rename: { a: "b.c" } }, { b: { c: one } }],
    ["$push", { a: [1] }, { $push: { a: 1 } }, { a: [one, one] }],
    [
      "$push with all its clauses",
      { a: [3, 1] },
      { $push: { a: { $each: [2], $position: 0, $sort: 1, $slice: 2 } } },
      { a: [one, new Int32(2)] },
    ],
    [
      "$push sorts documents",
      { a: [{ n: 2 }] },
      { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
      { a: [{ n: one }, { n: new Int32(2) }] },
    ],
    ["$addToSet compares by value", { a: [id] }, { $addToSet: { a: new ObjectId(id.toHexString()) } }, { a: [id] }],
    ["$addToSet with $each", { a: [1] }, { $addToSet: { a: { $each: [1, 2] } } }, { a: [one, new Int32(2)] }],
    ["$pull by value", { a: [id, "x"] }, { $pull: { a: new ObjectId(id.toHexString()) } }, { a: ["x"] }],
    ["$pull by condition", { a: [1, 5] }, { $pull: { a: { $gte: 5 } } }, { a: [one] }],
    ["$pull by fields", { a: [{ u: 1, v: 1 }, { u: 2 }] }, { $pull: { a: { u: 1 } } }, { a: [{ u: new Int32(2) }] }],
    ["$pullAll", { a: [1, 2, 1] }, { $pullAll: { a: [1] } }, { a: [new Int32(2)] }],
    ["$pop", { a: [1, 2] }, { $pop: { a: -1 } }, { a: [new Int32(2)] }],
    ["$bit", { a: 5 }, { $bit: { a: { and: 4 } } }, { a: new Int32(4) }],
    ["$[]", { a: [{ n: 1 }, { n: 1 }] }, { $inc: { "a.$[].n": 1 } }, { a: [{ n: new Int32(2) }, { n: new Int32(2) }] }],
  ])("%s", async (_, before, update, expected) => {
    const { fields } = await updated(before, update);
    expect(JSON.stringify(fields)).toBe(JSON.stringify(expected));
    expect(fields).toEqual(expected);
  });

  it("keeps the types of what it does not touch", async () => {
    const before = { a: Long.fromNumber(5), b: new Double(2), d: Decimal128.fromString("1.20"), c: 0 };
    const { fields } = await updated(before, { $set: { c: 1 } });
    expect(fields).toMatchObject({ ...before, c: one });
  });

  it("$currentDate sets a date or a timestamp", async () => {
    const { fields } = await updated({}, { $currentDate: { a: true, b: { $type: "timestamp" } } });
    expect(fields.a).toBeInstanceOf(Date);
    expect(fields.b._bsontype).toBe("Timestamp");
  });

  it("finds the element the filter matched", async () => {
    const before = {
      a: [
        { k: "x", n: 1 },
        { k: "y", n: 1 },
      ],
    };
    const { fields } = await updated(before, { $inc: { "a.$.n": 1 } }, {}, { "a.k": "y" });
    expect(fields.a).toEqual([
      { k: "x", n: one },
      { k: "y", n: new Int32(2) },
    ]);
  });

  it("applies array filters", async () => {
    const { fields } = await updated(
      { a: [1, 5] },
      { $set: { "a.$[big]": 0 } },
      { arrayFilters: [{ big: { $gt: 2 } }] },
    );
    expect(fields.a).toEqual([one, new Int32(0)]);
  });

  it("says when nothing changed", async () => {
    const { result } = await updated({ a: 1 }, { $max: { a: 0 }, $addToSet: { b: { $each: [] } } });
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 1 }); // b was created
    const again = await updated({ a: 1, d: { x: 1 } }, { $set: { a: 1, d: { x: 1 } } });
    expect(again.result).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
  });

  it("upserts from the equalities of the filter", async () => {
    const collection = await fixture.collection();
    const filter = { k: "x", n: { $gt: 3 }, $and: [{ "d.e": 1 }] };
    await collection.updateOne(filter, { $set: { s: 1 }, $setOnInsert: { t: 1 } }, { upsert: true });
    expect(await collection.findOne({}, { projection: { _id: 0 } })).toEqual({ d: { e: 1 }, k: "x", s: 1, t: 1 });
  });

  it("runs a pipeline", async () => {
    const { fields } = await updated({ a: 1, b: 2 }, [{ $set: { c: { $add: ["$a", "$b"] } } }, { $unset: "a" }]);
    expect(fields).toEqual({ b: new Int32(2), c: new Int32(3) });
  });
});

describe("updates that are refused", () => {
  it.each<[string, Document, Document, number, Document?]>([
    ["an unknown modifier", {}, { $foo: { a: 1 } }, 9],
    ["a path and its own part", {}, { $set: { a: 1 }, $inc: { "a.b": 1 } }, 40],
    ["one path twice", {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ["$set through a scalar", { a: 5 }, { $set: { "a.b": 1 } }, 28],
    ["$set of a name in an array", { a: [] }, { $set: { "a.b": 1 } }, 28],
    ["$inc of text", { a: "x" }, { $inc: { a: 1 } }, 14],
    ["$inc by text", { a: 1 }, { $inc: { a: "x" } }, 14],
    ["$inc beyond int64", { a: Long.MAX_VALUE }, { $inc: { a: 1 } }, 2],
    ["$push to what is no array", { a: "x" }, { $push: { a: 1 } }, 2],
    ["$push with an unknown clause", {}, { $push: { a: { $each: [], $foo: 1 } } }, 2],
    ["$addToSet to what is no array", { a: 1 }, { $addToSet: { a: 1 } }, 2],
    ["$pull from what is no array", { a: 1 }, { $pull: { a: 1 } }, 2],
    ["$pop by two", { a: [] }, { $pop: { a: 2 } }, 9],
    ["another _id", {}, { $set: { _id: 2 } }, 66],
    ["an empty name", {}, { $set: { "a..b": 1 } }, 56],
    ["$ without an array in the filter", { a: [1] }, { $set: { "a.$": 1 } }, 2],
    ["$[id] without its filter", { a: [1] }, { $set: { "a.$[x]": 1 } }, 2],
    ["an array filter that is not used", { a: [1] }, { $set: { b: 1 } }, 9, { arrayFilters: [{ x: 1 }] }],
    ["$[] of what is no array", { a: 1 }, { $set: { "a.$[]": 1 } }, 2],
  ])("%s", async (...[, before, update, code, options]) => {
    const collection = await fixture.collection([{ _id: 1, ...before } as Document]);
    await expect(collection.updateOne({}, update, options)).rejects.toMatchObject({ code });
    expect(await collection.findOne()).toEqual(
      await fixture.collection([{ _id: 1, ...before } as Document]).then((c) => c.findOne()),
    );
  });

  it("modifiers of what is no document", async () => {
    const collection = await fixture.collection([{ a: 1 }]);
    const command = { update: collection.collectionName, updates: [{ q: {}, u: { $set: "x" } }] };
    const reply = await collection.db.command(command);
    expect(reply.writeErrors).toMatchObject([{ code: 9 }]);
  });

  it("a replacement of many", async () => {
    const collection = await fixture.collection([{ a: 1 }]);
    const reply = await collection.db.command({
      update: collection.collectionName,
      updates: [{ q: {}, u: { b: 1 }, multi: true }],
    });
    expect(reply.writeErrors).toMatchObject([{ code: 9 }]);
  });
});

import type { Document } from "mongodb";
import { Binary, Decimal128, Double, Long, ObjectId } from "mongodb";
import { idsOf, useServer } from "../testing/fixture";

const fixture = useServer();
const low = new ObjectId("0a0000000000000000000001");
const high = new ObjectId("ff0000000000000000000001");
const copyOf = (id: ObjectId) => new ObjectId(id.toHexString());

/** Documents whose field `a` has these values; their ids count from 1. */
const valued = (...values: unknown[]): Document[] =>
  values.map((a, i) => ({ _id: i + 1, ...(a !== undefined && { a }) }));

describe("filters match as in MongoDB", () => {
  const big = Long.fromString("9007199254740993");
  it.each<[string, Document[], Document, number[]]>([
    ["an ObjectId by value", valued(low, high), { a: copyOf(low) }, [1]],
    ["an ObjectId in a list", valued(low, high), { a: { $in: [copyOf(low)] } }, [1]],
    ["an ObjectId that is not", valued(low, high), { a: { $ne: copyOf(low) } }, [2]],
    ["ObjectIds in order", valued(low, high), { a: { $gt: low } }, [2]],
    ["no ObjectId by its text", valued(low), { a: low.toHexString() }, []],
    ["a date", valued(new Date(5), new Date(6)), { a: new Date(5) }, [1]],
    ["dates in order", valued(new Date(5), new Date(6)), { a: { $gt: new Date(5) } }, [2]],
    ["no date by a number", valued(new Date(5)), { a: { $gt: 1 } }, []],
    ["int64 against int32", valued(Long.fromNumber(10), 3), { a: { $gt: 5 } }, [1]],
    ["int64 beyond 2^53 exactly", valued(big, Long.fromString("9007199254740992")), { a: big }, [1]],
    ["int64 beyond 2^53 in order", valued(big, 9007199254740992), { a: { $gt: 9007199254740992 } }, [1]],
    ["a decimal against a number", valued(Decimal128.fromString("12.5")), { a: 12.5 }, [1]],
    ["decimals of another scale", valued(Decimal128.fromString("1.0")), { a: Decimal128.fromString("1.00") }, [1]],
    ["a decimal 0.1, which is no double", valued(Decimal128.fromString("0.1"), 0.1), { a: 0.1 }, [2]],
    ["1.0 as 1", valued(new Double(1), 1, 2), { a: 1 }, [1, 2]],
    ["NaN only as itself", valued(NaN, 1), { a: NaN }, [1]],
    ["no NaN by comparison", valued(NaN, 1), { a: { $lt: 5 } }, [2]],
    ["bytes", valued(new Binary(Buffer.from("xy"))), { a: new Binary(Buffer.from("xy")) }, [1]],
    ["null and missing", valued(null, undefined, 1), { a: null }, [1, 2]],
    ["neither null nor missing", valued(null, undefined, 1), { a: { $ne: null } }, [3]],
    ["only missing", valued(null, undefined, 1), { a: { $exists: false } }, [2]],
    ["null in a list", valued(null, undefined, 1), { a: { $in: [null] } }, [1, 2]],
    ["null or greater", valued(null, undefined, 1), { a: { $gte: null } }, [1, 2]],
    ["null inside an array", valued([null, 1], [1]), { a: null }, [1]],
    [
      "a missing field in one of the documents of an array",
      valued([{ b: 1 }, { c: 1 }], [{ b: 1 }]),
      { "a.b": null },
      [1],
    ],
    ["no missing field below an array without documents", valued([1], [], 5, undefined), { "a.b": null }, [3, 4]],
    ["only values of the same type", valued("b", 1, null), { a: { $lt: "z" } }, [1]],
    ["fields in order", valued({ x: 1, y: 2 }, { y: 2, x: 1 }), { a: { x: 1, y: 2 } }, [1]],
    ["elements in order", valued([1, 2], [2, 1]), { a: [1, 2] }, [1]],
    ["an array as a whole", valued([3, 1], [1, 9]), { a: { $gt: [2, 9] } }, [1]],
    ["an element by number", valued([5, 6]), { "a.1": 6 }, [1]],
    ["types", valued(low, 1, 1.5, new Date()), { a: { $type: "number" } }, [2, 3]],
    ["the type double", valued(1, new Double(1)), { a: { $type: "double" } }, [2]],
    ["a list of types", valued(low, 1, "s"), { a: { $type: ["objectId", 2] } }, [1, 3]],
    ["by regular expression in an array", valued(["Foo", "x"], "bar"), { a: { $regex: "^foo", $options: "i" } }, [1]],
    ["not by regular expression", valued("Foo", "bar"), { a: { $not: /^foo/i } }, [2]],
    ["a regular expression in a list", valued("foo", "bar"), { a: { $in: [/^b/] } }, [2]],
    ["an inline option of PCRE", valued("Foo"), { a: { $regex: "(?i)^foo" } }, [1]],
    ["the end before a final newline", valued("foo\n", "foo\nx"), { a: { $regex: "foo$" } }, [1]],
    ["a remainder", valued(6, 7, -2), { a: { $mod: [4, 2] } }, [1]],
    ["bits", valued(6, 1), { a: { $bitsAllSet: 2 } }, [1]],
    ["a size", valued([1, 2], [1]), { a: { $size: 2 } }, [1]],
    ["all of a list", valued([1, 2, 3], [1]), { a: { $all: [1, 3] } }, [1]],
    [
      "all by elements",
      valued([{ x: 1 }, { x: 2 }], [{ x: 1 }]),
      { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { x: 2 } }] } },
      [1],
    ],
    ["one element by two conditions", valued([1, 9], [5]), { a: { $elemMatch: { $gt: 2, $lt: 8 } } }, [2]],
    ["two elements by two conditions", valued([1, 9], [5]), { a: { $gt: 2, $lt: 8 } }, [1, 2]],
    [
      "one document by two fields",
      valued([{ x: 1, y: 2 }], [{ x: 1 }, { y: 2 }]),
      { a: { $elemMatch: { x: 1, y: 2 } } },
      [1],
    ],
    ["neither", valued(1, 2, 3), { $nor: [{ a: 1 }, { a: 2 }] }, [3]],
    ["an expression", valued(1, 5), { $expr: { $gt: ["$a", 2] } }, [2]],
  ])("%s", async (_, documents, filter, expected) => {
    const collection = await fixture.collection(documents);
    expect(await idsOf(collection, filter, { sort: { _id: 1 } })).toEqual(expected);
    await collection.createIndex({ a: 1 }); // and the same by index
    await collection.createIndex({ "a.b": 1 });
    expect(await idsOf(collection, filter, { sort: { _id: 1 } })).toEqual(expected);
    expect(await collection.countDocuments(filter)).toBe(expected.length);
  });

  it("with a collation", async () => {
    const collection = await fixture.collection(valued("b", "A", "B"));
    const collation = { locale: "en", strength: 2 };
    expect(await idsOf(collection, { a: "b" }, { collation })).toEqual([1, 3]);
    expect(await idsOf(collection, {}, { collation, sort: { a: 1, _id: 1 } })).toEqual([2, 1, 3]);
  });
});

describe("what cannot be matched is refused", () => {
  it.each<[string, Document, number]>([
    ["an unknown operator", { a: { $foo: 1 } }, 2],
    ["an unknown operator at the top", { $bar: 1 }, 2],
    ["JavaScript", { $where: "true" }, 2],
    ["text search", { $text: { $search: "x" } }, 27],
    ["geometry", { a: { $near: [0, 0] } }, 238],
    ["a list that is none", { a: { $in: 1 } }, 2],
    ["an empty $or", { $or: [] }, 2],
    ["a broken regular expression", { a: { $regex: "(" } }, 51091],
    ["an unknown expression", { $expr: { $foo: 1 } }, 168],
  ])("%s", async (_, filter, code) => {
    const collection = await fixture.collection([{ _id: 1 } as Document]);
    await expect(collection.find(filter).toArray()).rejects.toMatchObject({ code });
  });
});

describe("sorting", () => {
  it("follows MongoDB's order of types", async () => {
    const values = [new Date(0), true, low, [], { x: 1 }, "s", 5, null, new Binary(Buffer.from("q"))];
    const collection = await fixture.collection(valued(...values));
    const expected = [4, 8, 7, 6, 5, 9, 3, 2, 1];
    expect(await idsOf(collection, {}, { sort: { a: 1, _id: 1 } })).toEqual(expected);
    await collection.createIndex({ a: 1 });
    expect(await idsOf(collection, {}, { sort: { a: 1, _id: 1 } })).toEqual(expected);
  });

  it("takes the smallest element of an array, or the largest when descending", async () => {
    const collection = await fixture.collection(valued([5, 9], [1, 7], 6));
    expect(await idsOf(collection, {}, { sort: { a: 1 } })).toEqual([2, 1, 3]);
    expect(await idsOf(collection, {}, { sort: { a: -1 } })).toEqual([1, 2, 3]);
  });

  it("orders text by bytes of UTF-8", async () => {
    const collection = await fixture.collection(valued("a", "B", "\u{1F600}", "\uFFFD"));
    expect(await idsOf(collection, {}, { sort: { a: 1 } })).toEqual([2, 1, 4, 3]);
  });

  it("refuses an order that is none", async () => {
    const collection = await fixture.collection(valued(1));
    await expect(collection.aggregate([{ $sort: { a: 2 } }]).toArray()).rejects.toMatchObject({ code: 15975 });
  });
});

describe("projections", () => {
  const source = {
    _id: 1,
    b: 1,
    a: [1, 2, 3],
    s: [
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ],
  };
  it.each<[string, Document, Document, Document]>([
    ["keep the document's order", { a: 1, b: 1 }, {}, { _id: 1, b: 1, a: [1, 2, 3] }],
    ["leave fields out", { s: 0, a: 0 }, {}, { _id: 1, b: 1 }],
    ["take a part of an array", { a: { $slice: -2 }, s: 0 }, {}, { _id: 1, b: 1, a: [2, 3] }],
    ["take the element that matches", { s: { $elemMatch: { x: 2 } } }, {}, { _id: 1, s: [{ x: 2, y: 2 }] }],
    ["take the element the filter found", { "s.$": 1 }, { "s.x": 2 }, { _id: 1, s: [{ x: 2, y: 2 }] }],
    ["reach into arrays", { "s.x": 1, _id: 0 }, {}, { s: [{ x: 1 }, { x: 2 }] }],
    ["compute", { t: { $add: ["$b", 1] } }, {}, { _id: 1, t: 2 }],
  ])("%s", async (_, projection, filter, expected) => {
    const collection = await fixture.collection([source as unknown as Document]);
    const found = await collection.findOne(filter, { projection });
    expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
  });

  it("refuse a mixture of inclusion and exclusion", async () => {
    const collection = await fixture.collection([source as unknown as Document]);
    await expect(collection.findOne({}, { projection: { a: 1, b: 0 } })).rejects.toMatchObject({ code: 31254 });
  });
});

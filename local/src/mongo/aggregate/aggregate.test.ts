import type { Document } from "mongodb";
import { Double, Int32, Long, ObjectId } from "mongodb";
import { useServer } from "../testing/fixture";

const fixture = useServer();
const id = new ObjectId();
const copy = new ObjectId(id.toHexString());

async function run(documents: Document[], pipeline: Document[], options: Document = {}): Promise<Document[]> {
  const collection = await fixture.collection(documents);
  return collection.aggregate(pipeline, options).toArray();
}

const typed = { promoteValues: false, promoteLongs: false };

/** Evaluates one expression over one document, with the types of its numbers. */
async function evaluate(expression: unknown, document: Document = {}, options: Document = typed): Promise<unknown> {
  const [result] = await run([{ _id: 1, ...document } as Document], [{ $project: { _id: 0, v: expression } }], options);
  return result?.v as unknown;
}

describe("expressions", () => {
  it.each<[string, unknown, Document, unknown]>([
    ["sums keep int32", { $add: ["$a", 1] }, { a: 1 }, new Int32(2)],
    ["sums with a double are doubles", { $add: ["$a", 1] }, { a: new Double(1) }, new Double(2)],
    [
      "sums keep int64",
      { $add: ["$a", 1] },
      { a: Long.fromString("9007199254740993") },
      Long.fromString("9007199254740994"),
    ],
    ["a quotient is a double", { $divide: ["$a", 2] }, { a: 4 }, new Double(2)],
    ["a date and a number", { $add: ["$a", 1] }, { a: new Date(5) }, new Date(6)],
    [
      "the distance of dates is an int64",
      { $subtract: ["$a", "$b"] },
      { a: new Date(7), b: new Date(5) },
      Long.fromNumber(2),
    ],
    ["null makes null", { $add: ["$a", "$missing"] }, { a: 1 }, null],
    ["halves round to even", { $round: "$a" }, { a: 2.5 }, new Double(2)],
    ["equality by value", { $eq: ["$a", copy] }, { a: id }, true],
    ["a missing value is below null", { $lt: ["$missing", null] }, {}, true],
    ["$cond", { $cond: [{ $gt: ["$a", 1] }, "more", "less"] }, { a: 2 }, "more"],
    [
      "$switch",
      { $switch: { branches: [{ case: { $eq: ["$a", 1] }, then: "one" }], default: "other" } },
      { a: 2 },
      "other",
    ],
    ["$ifNull", { $ifNull: ["$missing", "$b", "x"] }, { b: null }, "x"],
    ["a path through an array", "$a.b", { a: [{ b: 1 }, { c: 1 }, { b: 2 }] }, [new Int32(1), new Int32(2)]],
    ["$in", { $in: [copy, "$a"] }, { a: [id] }, true],
    ["$filter", { $filter: { input: "$a", as: "x", cond: { $gt: ["$$x", 1] } } }, { a: [1, 2] }, [new Int32(2)]],
    ["$map", { $map: { input: "$a", in: { $add: ["$$this", 1] } } }, { a: [1] }, [new Int32(2)]],
    [
      "$reduce",
      { $reduce: { input: "$a", initialValue: 0, in: { $add: ["$$value", "$$this"] } } },
      { a: [1, 2] },
      new Int32(3),
    ],
    ["$setUnion by value", { $size: { $setUnion: ["$a", [copy]] } }, { a: [id] }, new Int32(1)],
    ["$arrayElemAt from the end", { $arrayElemAt: ["$a", -1] }, { a: ["x", "y"] }, "y"],
    ["$concat", { $concat: ["$a", "-", "b"] }, { a: "a" }, "a-b"],
    ["$toString of an ObjectId", { $toString: "$a" }, { a: id }, id.toHexString()],
    ["$toInt", { $toInt: "12" }, {}, new Int32(12)],
    ["$type", { $type: "$a" }, { a: Long.fromNumber(1) }, "long"],
    ["$let", { $let: { vars: { x: "$a" }, in: { $multiply: ["$$x", 2] } } }, { a: 2 }, new Int32(4)],
    ["$mergeObjects", { $mergeObjects: ["$a", { c: 1 }] }, { a: { b: 1 } }, { b: new Int32(1), c: new Int32(1) }],
    [
      "$dateToString",
      { $dateToString: { date: "$a", format: "%Y-%m-%d" } },
      { a: new Date("2026-01-02T03:04:05Z") },
      "2026-01-02",
    ],
    [
      "$dateTrunc",
      { $dateTrunc: { date: "$a", unit: "hour" } },
      { a: new Date("2026-01-02T03:04:05Z") },
      new Date("2026-01-02T03:00:00Z"),
    ],
    ["$literal", { $literal: "$a" }, {}, "$a"],
  ])("%s", async (_, expression, document, expected) => {
    expect(await evaluate(expression, document)).toEqual(expected);
  });

  it.each<[string, unknown, number]>([
    ["an unknown operator", { $foo: 1 }, 168],
    ["too many arguments", { $subtract: [1, 2, 3] }, 16020],
    ["an undefined variable", "$$x", 17276],
    ["text in a sum", { $add: ["x", 1] }, 14],
    ["a division by zero", { $divide: [1, 0] }, 2],
    ["what cannot be converted", { $toInt: "x" }, 241],
  ])("%s is refused", async (_, expression, code) => {
    await expect(evaluate(expression, {}, {})).rejects.toMatchObject({ code });
  });
});

describe("stages", () => {
  it("$group by value, null with missing", async () => {
    const documents = [{ a: id, n: 1 }, { a: copy, n: 2 }, { a: null, n: 4 }, { n: 8 }];
    const groups = await run(documents, [
      { $group: { _id: "$a", n: { $sum: "$n" }, list: { $push: "$n" }, most: { $max: "$n" }, mean: { $avg: "$n" } } },
      { $sort: { n: 1 } },
    ]);
    expect(groups).toEqual([
      { _id: id, n: 3, list: [1, 2], most: 2, mean: 1.5 },
      { _id: null, n: 12, list: [4, 8], most: 8, mean: 6 },
    ]);
  });

  it("$unwind", async () => {
    const documents = [{ _id: 1, a: [1, 2] }, { _id: 2, a: [] }, { _id: 3 }, { _id: 4, a: 5 }] as unknown as Document[];
    expect(await run(documents, [{ $unwind: "$a" }])).toEqual([
      { _id: 1, a: 1 },
      { _id: 1, a: 2 },
      { _id: 4, a: 5 },
    ]);
    const kept = await run(documents, [
      { $unwind: { path: "$a", preserveNullAndEmptyArrays: true, includeArrayIndex: "i" } },
    ]);
    expect(kept).toEqual([
      { _id: 1, a: 1, i: 0 },
      { _id: 1, a: 2, i: 1 },
      { _id: 2, i: null },
      { _id: 3, i: null },
      { _id: 4, a: 5, i: null },
    ]);
  });

  it("$lookup by field and by pipeline", async () => {
    const others = await fixture.collection([
      { _id: id, x: 1 },
      { x: 2, of: id },
    ]);
    const from = others.collectionName;
    const documents = [
      { _id: 1, r: copy },
      { _id: 2, r: id.toHexString() },
      { _id: 3, r: [copy, copy] },
    ] as unknown as Document[];
    const joined = await run(documents, [{ $lookup: { from, localField: "r", foreignField: "_id", as: "j" } }]);
    expect(joined.map(({ j }) => (j as unknown[]).length)).toEqual([1, 0, 1]);
    const [first] = await run(documents, [
      {
        $lookup: {
          from,
          let: { r: "$r" },
          pipeline: [{ $match: { $expr: { $eq: ["$of", "$$r"] } } }, { $project: { _id: 0, x: 1 } }],
          as: "j",
        },
      },
    ]);
    expect(first?.j).toEqual([{ x: 2 }]);
  });

  it("$facet, $count, $replaceWith, $addFields, $unset", async () => {
    const documents = [
      { _id: 1, a: { b: 1 } },
      { _id: 2, a: { b: 2 } },
    ] as unknown as Document[];
    expect(
      await run(documents, [{ $facet: { n: [{ $count: "n" }], last: [{ $sort: { _id: -1 } }, { $limit: 1 }] } }]),
    ).toEqual([{ n: [{ n: 2 }], last: [{ _id: 2, a: { b: 2 } }] }]);
    expect(
      await run(documents, [{ $replaceWith: "$a" }, { $addFields: { c: { $add: ["$b", 1] } } }, { $unset: "b" }]),
    ).toEqual([{ c: 2 }, { c: 3 }]);
  });

  it("begin by index", async () => {
    const collection = await fixture.collection(Array.from({ length: 100 }, (_, i) => ({ k: i % 10, i })));
    await collection.createIndex({ k: 1, i: 1 });
    const plan = await collection.aggregate([{ $match: { k: 3 } }, { $sort: { i: -1 } }, { $limit: 2 }]).explain();
    expect(JSON.stringify(plan)).toContain('"indexName":"k_1_i_1"');
    expect(
      await collection
        .aggregate([{ $match: { k: 3 } }, { $sort: { i: -1 } }, { $limit: 2 }, { $project: { _id: 0, i: 1 } }])
        .toArray(),
    ).toEqual([{ i: 93 }, { i: 83 }]);
  });

  it("$out and $merge write", async () => {
    const target = await fixture.collection([
      { _id: 1, old: 1 },
      { _id: 9, old: 1 },
    ] as unknown as Document[]);
    const documents = [
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ] as unknown as Document[];
    await run(documents, [{ $merge: { into: target.collectionName } }]);
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, old: 1, n: 1 },
      { _id: 2, n: 2 },
      { _id: 9, old: 1 },
    ]);
    await run(documents, [{ $out: target.collectionName }]);
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual(documents);
  });
});

import mongoose, { Schema, Types } from "mongoose";
import type { MongoServer } from "./index";
import { startMongoServer } from "./index";

// The server as the backend uses it: through mongoose, with its defaults.
const User = mongoose.model(
  "User",
  new Schema(
    {
      email: { type: String, unique: true },
      name: String,
      age: Number,
      tags: [String],
      n: Number,
      addr: { city: String },
    },
    { timestamps: true },
  ),
);
const Channel = mongoose.model(
  "Channel",
  new Schema({
    name: String,
    workspace: Schema.Types.ObjectId,
    members: [{ type: Schema.Types.ObjectId, ref: "User" }],
    count: { type: Number, default: 0 },
  }).index({ workspace: 1, name: 1 }, { unique: true }),
);
const Message = mongoose.model(
  "Message",
  new Schema({
    channelId: { type: Schema.Types.ObjectId, ref: "Channel" },
    author: { type: Schema.Types.ObjectId, ref: "User" },
    text: String,
    createdAt: Date,
    reactions: [{ emoji: String, users: [Schema.Types.ObjectId] }],
    tokens: [String],
  })
    .index({ channelId: 1, createdAt: -1 })
    .index({ tokens: 1 }),
);
const Kinds = mongoose.model(
  "Kinds",
  new Schema({
    d: Date,
    bin: Buffer,
    dec: Schema.Types.Decimal128,
    big: BigInt,
    uuid: Schema.Types.UUID,
    map: { type: Map, of: Number },
    mixed: {},
    nul: String,
  }),
);

let server: MongoServer;
const workspace = new Types.ObjectId();

beforeAll(async () => {
  server = await startMongoServer({ port: 0 });
  await mongoose.connect(server.uri, { dbName: "chat" });
  await Promise.all([User, Channel, Message, Kinds].map((model) => model.init()));
});
beforeEach(async () => {
  await Promise.all([User.deleteMany(), Channel.deleteMany(), Message.deleteMany(), Kinds.deleteMany()]);
  await User.create([
    { email: "a@x", name: "Ann", age: 30, tags: ["x"] },
    { email: "b@x", name: "Bob", age: 20 },
    { email: "c@x", name: "Cy" },
  ]);
});
afterAll(async () => {
  await mongoose.disconnect();
  await server.close();
});

const ann = () => User.findOne({ email: "a@x" }).orFail();
const bob = () => User.findOne({ email: "b@x" }).orFail();

describe("models", () => {
  it("make their indexes, and again", async () => {
    await Channel.syncIndexes();
    const names = (await Channel.collection.indexes()).map(({ name }) => name);
    expect(names.sort()).toEqual(["_id_", "workspace_1_name_1"]);
  });

  it("find, sort, skip, limit, select, count", async () => {
    const found = await User.find({ age: { $gte: 5 } })
      .sort({ age: -1 })
      .skip(1)
      .limit(1)
      .select("name -_id")
      .lean();
    expect(found).toEqual([{ name: "Bob" }]);
    expect(await User.exists({ email: "a@x" })).toBeTruthy();
    expect(await User.countDocuments({ age: null })).toBe(1);
    expect(await User.countDocuments({ "addr.city": null })).toBe(3);
    expect(await User.estimatedDocumentCount()).toBe(3);
    expect((await User.distinct("name", { age: { $gt: 1 } })).sort()).toEqual(["Ann", "Bob"]);
  });

  it("refuse duplicates", async () => {
    await expect(User.create({ email: "a@x" })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: "a@x" },
    });
    await expect(User.updateOne({ email: "b@x" }, { email: "a@x" })).rejects.toMatchObject({ code: 11000 });
    await Channel.create({ name: "general", workspace });
    await expect(Channel.create({ name: "general", workspace })).rejects.toMatchObject({ code: 11000 });
    await expect(User.insertMany([{ email: "a@x" }, { email: "e@x" }], { ordered: false })).rejects.toMatchObject({
      code: 11000,
    });
    expect(await User.exists({ email: "e@x" })).toBeTruthy();
  });

  it("update and upsert", async () => {
    const update = { $set: { name: "Zed" }, $inc: { n: 2 } };
    const made = await User.findOneAndUpdate({ email: "z@x" }, update, { upsert: true, returnDocument: "after" });
    expect(made).toMatchObject({ name: "Zed", n: 2, email: "z@x" });
    expect(await User.findOneAndUpdate({ email: "z@x" }, { $inc: { n: 1 } })).toMatchObject({ n: 2 });
    await User.updateOne({ email: "a@x" }, { $push: { tags: { $each: ["b", "a"], $sort: 1, $slice: -3 } } });
    expect((await ann()).tags).toEqual(["a", "b", "x"]);
    await User.updateOne({ email: "a@x" }, { $addToSet: { tags: { $each: ["x", "q"] } }, $unset: { age: 1 } });
    await User.updateOne({ email: "a@x" }, { $pull: { tags: { $in: ["a", "b"] } } });
    expect((await User.findOne({ email: "a@x" }).lean())?.tags).toEqual(["x", "q"]);
  });

  it("write in bulk", async () => {
    const result = await User.bulkWrite([
      { insertOne: { document: { email: "1@x" } } },
      { updateOne: { filter: { email: "1@x" }, update: { $set: { name: "B" } } } },
      { updateOne: { filter: { email: "2@x" }, update: { $setOnInsert: { name: "C" } }, upsert: true } },
      { deleteOne: { filter: { email: "a@x" } } },
      { replaceOne: { filter: { email: "2@x" }, replacement: { email: "2@x" } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 2, upsertedCount: 1, deletedCount: 1 });
  });

  it("keep every type", async () => {
    const source = {
      d: new Date(),
      bin: Buffer.from([0, 1, 255]),
      dec: Types.Decimal128.fromString("12.340"),
      big: 9007199254740993n,
      uuid: new Types.UUID(),
      map: new Map([["a", 1.5]]),
      mixed: { deep: [1, { x: null }] },
      nul: null,
    };
    const { _id } = await Kinds.create(source);
    await Kinds.updateOne({ _id }, { $set: { nul: "text" } });
    const found = await Kinds.findById(_id).orFail();
    expect(found.d).toEqual(source.d);
    expect([...(found.bin ?? [])]).toEqual([0, 1, 255]);
    expect([String(found.dec), found.big, String(found.uuid)]).toEqual(["12.340", source.big, String(source.uuid)]);
    expect(found.map?.get("a")).toBe(1.5);
    expect(found.mixed).toEqual(source.mixed);
    expect(
      await Kinds.exists({ uuid: source.uuid, bin: source.bin, dec: { $gt: Types.Decimal128.fromString("12.3") } }),
    ).toBeTruthy();
    expect(await Kinds.exists({ big: { $gt: 9007199254740993n } })).toBeNull();
  });
});

describe("a channel and its messages", () => {
  const now = Date.now();

  async function channelWithMessages() {
    const [a, b] = [await ann(), await bob()];
    const channel = await Channel.create({ name: "general", workspace, members: [a._id, b._id] });
    await Message.insertMany(
      Array.from({ length: 300 }, (_, i) => ({
        channelId: channel._id,
        author: i % 2 ? a._id : b._id,
        text: `hello ${i}`,
        createdAt: new Date(now - i * 1000),
        tokens: ["hello", String(i)],
      })),
    );
    return { a, b, channel };
  }

  it("are paged by index", async () => {
    const { channel } = await channelWithMessages();
    const page = () =>
      Message.find({ channelId: channel._id, createdAt: { $lt: new Date(now - 10_000) } })
        .sort({ createdAt: -1 })
        .limit(50);
    const found = await page().lean();
    expect([found.length, found[0]?.text]).toEqual([50, "hello 11"]);
    const plan = (await page().explain()) as unknown as { executionStats: { totalDocsExamined: number } };
    expect(plan.executionStats.totalDocsExamined).toBe(50);
    expect(await Message.find({ tokens: { $all: ["hello", "7"] } })).toHaveLength(1);
  });

  it("are populated and aggregated", async () => {
    const { channel } = await channelWithMessages();
    const message = await Message.findOne({ text: "hello 0" })
      .populate<{ author: { name: string } }>("author")
      .orFail();
    expect(message.author.name).toBe("Bob");
    const totals = await Message.aggregate([
      { $match: { channelId: channel._id } },
      { $group: { _id: "$author", n: { $sum: 1 }, last: { $max: "$createdAt" } } },
      { $lookup: { from: "users", localField: "_id", foreignField: "_id", as: "u" } },
      { $unwind: "$u" },
      { $project: { _id: 0, n: 1, name: "$u.name" } },
      { $sort: { name: 1 } },
    ]);
    expect(totals).toEqual([
      { n: 150, name: "Ann" },
      { n: 150, name: "Bob" },
    ]);
  });

  it("take reactions by position and by array filter", async () => {
    const { a, b } = await channelWithMessages();
    const { _id } = await Message.findOne({ text: "hello 3" }).orFail();
    await Message.updateOne({ _id }, { $push: { reactions: { emoji: "+1", users: [a._id] } } });
    await Message.updateOne({ _id, "reactions.emoji": "+1" }, { $addToSet: { "reactions.$.users": b._id } });
    expect((await Message.findById(_id).orFail()).reactions[0]?.users).toHaveLength(2);
    await Message.updateOne(
      { _id },
      { $pull: { "reactions.$[e].users": a._id } },
      { arrayFilters: [{ "e.emoji": "+1" }] },
    );
    expect((await Message.findById(_id).orFail()).reactions[0]?.users).toHaveLength(1);
    await Message.updateOne({ _id }, { $pull: { reactions: { emoji: "+1" } } });
    expect((await Message.findById(_id).orFail()).reactions).toHaveLength(0);
  });

  it("are streamed by a cursor", async () => {
    await channelWithMessages();
    let count = 0;
    for await (const _message of Message.find().lean().cursor({ batchSize: 50 })) count++;
    expect(count).toBe(300);
  });

  it("are written in transactions, also under contention", async () => {
    const { channel } = await channelWithMessages();
    const post = async (i: number) =>
      mongoose.connection.transaction(async (session) => {
        const updated = await Channel.findOneAndUpdate(
          { _id: channel._id },
          { $inc: { count: 1 } },
          { session, returnDocument: "after" },
        ).orFail();
        await Message.insertMany([{ channelId: channel._id, text: `new ${i}`, tokens: [`#${updated.count}`] }], {
          session,
        });
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => post(i)));
    expect((await Channel.findById(channel._id).orFail()).count).toBe(20);
    const numbers = await Message.distinct("tokens", { text: /^new/ });
    expect(numbers).toHaveLength(20);
  });

  it("leave nothing of a transaction that fails", async () => {
    const failing = mongoose.connection.transaction(async (session) => {
      await User.create([{ email: "t@x" }], { session });
      await User.create([{ email: "a@x" }], { session });
    });
    await expect(failing).rejects.toMatchObject({ code: 11000 });
    expect(await User.exists({ email: "t@x" })).toBeNull();
  });

  it("notice a version that is past", async () => {
    const { b, channel } = await channelWithMessages();
    const [one, other] = await Promise.all([
      Channel.findById(channel._id).orFail(),
      Channel.findById(channel._id).orFail(),
    ]);
    (one.members as Types.Array<Types.ObjectId>).pull(b._id);
    await one.save();
    (other.members as Types.Array<Types.ObjectId>).set(0, b._id);
    await expect(other.save()).rejects.toMatchObject({ name: "VersionError" });
  });
});

import { routes, type Channel } from "@connectbest/contract";
import mongoose from "mongoose";
import { createLogger } from "../../../http/request-log";
import { startTestApi, type Account, type TestApi } from "../../../testing/test-api";
import { segmentHeads, segmentPages } from "../segments/segments.model";
import { mergeable, sweep } from "./consolidate";
import { commitManifest, indexedChannels, manifests, Outrun, readManifest } from "./manifest";
import { SearchIndexer } from "./search-indexer";

let api: TestApi;
let ada: Account;
let channel: Channel;
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.signUp("Ada");
  channel = await api.createChannel(ada);
});
afterAll(() => api.close());
afterEach(() => jest.restoreAllMocks());

const newIndexer = (duration = 30_000) => new SearchIndexer(createLogger("silent"), { rest: 0, duration });
const say = (contents: string[]) => Promise.all(contents.map((content) => api.post(ada, channel.id, content)));
const count = async (q: string): Promise<number> =>
  (await api.call(routes.search, { token: ada.token, query: { q, limit: 100 } })).results.length;
/** How many messages are found, page by page. */
async function countAll(q: string, between: (page: number) => unknown = () => undefined): Promise<number> {
  const found = new Set<string>();
  let cursor: string | undefined;
  for (let page = 1; ; page++) {
    const query = { q, limit: 100, ...(cursor && { cursor }) };
    const { results, nextCursor } = await api.call(routes.search, { token: ada.token, query });
    for (const { message } of results) found.add(message.id);
    if (!nextCursor) return found.size;
    cursor = nextCursor;
    await between(page);
  }
}
const indexedRev = async (): Promise<number> =>
  (await indexedChannels().findOne({ _id: new mongoose.Types.ObjectId(channel.id) }))?.rev ?? 0;
const channelRev = async () => (await api.channelOf(ada, channel.id)).rev;
/** How many messages the index holds, versions that are out of date included. */
const indexed = async () => (await readManifest()).segments.reduce((sum, { size }) => sum + size, 0);

describe("the indexer", () => {
  it("indexes what was there before it, and then only what changes", async () => {
    await say(["first apple", "second apple"]);
    await newIndexer().run();
    expect(await indexedRev()).toBe(await channelRev());
    const before = await indexed();
    await newIndexer().run();
    expect(await indexed()).toBe(before);
    await say(["third apple"]);
    await newIndexer().run();
    expect(await indexed()).toBe(before + 1);
    expect(await count("apple")).toBe(3);
  });

  it("hears of changes by itself", async () => {
    const indexer = newIndexer();
    indexer.start();
    await indexer.run();
    await say(["a pear"]);
    for (const deadline = Date.now() + 10_000; (await indexedRev()) < (await channelRev()) && Date.now() < deadline;)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await indexedRev()).toBe(await channelRev());
    await indexer.stop();
  });

  it("merges segments as they come together, and loses nothing", async () => {
    for (let i = 0; i < 20; i++) {
      await say([`banana ${i}`]);
      await newIndexer().run();
    }
    const { segments } = await readManifest();
    expect(segments.length).toBeLessThan(16);
    expect(mergeable(segments)).toBeUndefined();
    expect(await count("banana")).toBe(20);
    expect(await count('"banana 17"')).toBe(1);
  });

  it("is caught up with while it is far behind, and keeps the pages of larger segments apart", async () => {
    const many = Array.from({ length: 1500 }, (_, i) => `cherry number ${i} ${(i * 7919).toString(36)}`);
    for (let from = 0; from < many.length; from += 100) await say(many.slice(from, from + 100));
    expect(await countAll("cherry", (page) => page === 2 && newIndexer().run())).toBe(1500);
    await newIndexer().run();
    expect(await segmentPages().countDocuments({})).toBeGreaterThan(3);
    expect(await count('"number 1234 "')).toBe(1);
    expect(await count("cherry 77")).toBe(many.filter((text) => text.includes("77")).length);
    expect(await countAll("cherry")).toBe(1500);
  }, 60_000);

  it("goes on where one that died left off, wherever that was", async () => {
    const steps = [
      () => jest.spyOn(segmentHeads(), "insertOne"),
      () => jest.spyOn(segmentPages(), "insertMany"),
      () => jest.spyOn(manifests(), "replaceOne"),
      () => jest.spyOn(indexedChannels(), "bulkWrite"),
    ];
    for (const [i, spyOn] of steps.entries()) {
      for (let j = 0; j < 8; j++) await say([`damson ${i} ${j}`]);
      const spy = spyOn();
      for (let calls = 0; calls < 3; calls++) {
        spy.mockImplementationOnce(() => {
          throw new Error("The process dies.");
        });
        const dying = newIndexer();
        await dying.run();
        await dying.stop();
      }
      spy.mockRestore();
      // The lease of the dead is not waited for here: theirs ran out.
      await mongoose.connection.collection("searchLeases").deleteMany({});
      await newIndexer().run();
      expect(await indexedRev()).toBe(await channelRev());
      expect(await count(`damson`)).toBe((i + 1) * 8);
    }
  });

  it("lets another go on when its lease is over", async () => {
    await newIndexer().run();
    await mongoose.connection
      .collection("searchLeases")
      .updateOne({}, { $set: { holder: "one that died", until: new Date(Date.now() + 700) } });
    await say(["an elderberry"]);
    const other = newIndexer();
    await other.run();
    expect(await indexedRev()).toBeLessThan(await channelRev());
    expect(await count("elderberry")).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 800));
    await other.run();
    expect(await indexedRev()).toBe(await channelRev());
    await other.stop();
  });

  it("indexes everything once when two are at it without a lease", async () => {
    const before = await indexed();
    for (let i = 0; i < 5; i++) {
      await say(Array.from({ length: 40 }, (_, j) => `fig ${i}/${j}`));
      // A lease of no time is nobody's.
      await Promise.all(Array.from({ length: 3 }, () => newIndexer(-1).run()));
    }
    await newIndexer().run();
    expect(await indexedRev()).toBe(await channelRev());
    expect(await indexed()).toBe(before + 200);
    expect(await count('"fig 3"')).toBe(40);
  });

  it("removes what nobody asks for any more, and what a crash left", async () => {
    const orphan = mongoose.Types.ObjectId.createFromTime(Date.now() / 1000 - 3600).toHexString();
    await segmentPages().insertOne({ _id: `${orphan}p000000`, data: Buffer.from("x") });
    await newIndexer().run();
    expect(await segmentPages().countDocuments({ _id: { $gte: orphan, $lt: `${orphan}z` } })).toBe(0);
    expect((await readManifest()).retired.length).toBeGreaterThan(0);
    await sweep(Date.now() + 700_000);
    const { segments, retired } = await readManifest();
    expect(retired).toEqual([]);
    const heads = await segmentHeads()
      .find({}, { projection: { _id: 1 } })
      .toArray();
    expect(heads.map(({ _id }) => _id.toHexString()).sort()).toEqual(
      segments.map(({ _id }) => _id.toHexString()).sort(),
    );
    expect(await count('"fig 3"')).toBe(40);
  });

  it("begins anew when a part of it is lost, and finds everything meanwhile", async () => {
    await manifests().deleteMany({});
    expect(await count('"fig 3"')).toBe(40);
    await newIndexer().run();
    expect(await count('"fig 3"')).toBe(40);
    await segmentHeads().deleteOne({});
    const indexer = newIndexer();
    await indexer.run();
    expect(await count('"fig 3"')).toBe(40);
    await indexer.run();
    expect(await indexedRev()).toBe(await channelRev());
    expect(await count('"fig 3"')).toBe(40);
    await indexer.stop();
  });

  it("begins anew when the index is of another format, and leaves a newer one alone", async () => {
    await manifests().updateOne({ _id: "manifest" }, { $set: { format: 0 } });
    expect(await count('"fig 3"')).toBe(40);
    await newIndexer().run();
    expect(await indexedRev()).toBe(await channelRev());
    expect(await count('"fig 3"')).toBe(40);
    const { version } = await readManifest();
    await manifests().updateOne({ _id: "manifest" }, { $set: { format: 99 } });
    await newIndexer().run();
    expect((await manifests().findOne({}))?.version).toBe(version);
    await expect(commitManifest(await readManifest(), { segments: [], retired: [] })).rejects.toThrow(Outrun);
    expect(await count('"fig 3"')).toBe(40);
  });
});

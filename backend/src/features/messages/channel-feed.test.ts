import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import { Types } from "mongoose";
import { createLogger } from "../../http/request-log";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { ChannelModel } from "../channels/channels.model";
import { ChannelCursorModel } from "./channel-cursors.model";
import { ChannelFeed, type Changed } from "./channel-feed";
import { MessageModel } from "./messages.model";

let api: TestApi;
let ada: Account;
let channelId: string;
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.signUp("Ada");
});
afterAll(() => api.close());
beforeEach(async () => {
  // The feeds of this file are to find everything themselves.
  await api.settle();
  channelId = (await api.createChannel(ada)).id;
});

/** A feed with these consumers that hears of every channel, switched off again after `work`. */
async function withFeed(
  consumers: ((changed: Changed) => Promise<void>)[],
  work: (feed: ChannelFeed) => Promise<void>,
) {
  const feed = new ChannelFeed(consumers, createLogger("silent"));
  feed.listen();
  await work(feed);
  await feed.stop();
}

/** A failure is followed by a rest: here it is over at once. */
const endRest = () => ChannelCursorModel.updateMany({}, { $set: { leasedUntil: new Date(0) } });

const react = (messageId: string) =>
  api.call(routes.addReaction, { token: ada.token, params: { id: messageId, emoji: "%F0%9F%91%8D" } });

/** The contents that a feed said were new. */
function arrivals() {
  const seen: string[] = [];
  const consume = async ({ channel, since, messages }: Changed) => {
    if (channel._id.toHexString() !== channelId) return;
    for (const { seq, content } of messages) if (seq > since && !seen.includes(content)) seen.push(content);
  };
  return { seen, consume };
}

describe("the feed of a channel", () => {
  it("has each message new once, also one that changed before the feed came, behind many others", async () => {
    const { seen, consume } = arrivals();
    await withFeed([consume], async (feed) => {
      const first = await api.post(ada, channelId, "a question");
      for (let n = 0; n < 210; n += 30)
        await Promise.all(Array.from({ length: 30 }, (_, i) => api.post(ada, channelId, `more ${n + i}`)));
      await react(first.id);
      await feed.run();
      expect(seen).toContain("a question");
      expect(seen).toHaveLength(211);
      seen.length = 0;
      await react(first.id);
      await feed.run();
      expect(seen).toEqual([]);
    });
  });

  it("does not lose what changes while it looks", async () => {
    const { seen, consume } = arrivals();
    await withFeed([consume], async (feed) => {
      const message = await api.post(ada, channelId, "just said");
      const find = jest.spyOn(ChannelModel, "findById").mockImplementationOnce((...args) => {
        const query = ChannelModel.findById(...args);
        const lean = query.lean.bind(query);
        // The reaction comes between the look at the channel and the look at its messages.
        jest.spyOn(query, "lean").mockImplementation(
          () =>
            (async () => {
              const channel = await lean();
              await react(message.id);
              return channel;
            })() as never,
        );
        return query;
      });
      await feed.run();
      find.mockRestore();
      expect(seen).toEqual(["just said"]);
    });
  });

  it("forgives failures once it goes on", async () => {
    let fails = true;
    const done: number[] = [];
    const consume = async ({ since }: Changed) => {
      if (fails) throw new Error("not now");
      done.push(since);
    };
    await withFeed([consume], async (feed) => {
      for (let n = 0; n < 10; n++) {
        await api.post(ada, channelId, `message ${n}`);
        fails = true;
        await feed.run();
        fails = false;
        await endRest();
        await feed.run();
        expect(done.length).toBeGreaterThan(n);
      }
    });
    expect(await ChannelCursorModel.findById(channelId).lean()).toMatchObject({ failures: 0 });
  });

  it("passes over what cannot be done, alone, and only for the one that cannot do it", async () => {
    const [told, indexed]: [string[], string[]] = [[], []];
    const picky = async ({ messages }: Changed) => {
      if (messages.some(({ content }) => content === "poison")) throw new Error("cannot be done");
      told.push(...messages.map(({ content }) => content));
    };
    const robust = async ({ messages }: Changed) => void indexed.push(...messages.map(({ content }) => content));
    await withFeed([picky, robust], async (feed) => {
      for (const content of ["before", "poison", "after"]) await api.post(ada, channelId, content);
      for (let attempt = 0; attempt < 8; attempt++) {
        await feed.run();
        await endRest();
      }
    });
    expect(told).toEqual(["before", "after"]);
    expect(indexed).toEqual(expect.arrayContaining(["before", "poison", "after"]));
    const { rev } = (await ChannelModel.findById(channelId).lean()) ?? { rev: 0 };
    expect(await ChannelCursorModel.findById(channelId).lean()).toMatchObject({ rev, failures: 0 });
  });

  it("rests after a failure, longer each time, and leaves other channels to go on", async () => {
    const other = await api.createChannel(ada);
    const seen: string[] = [];
    const consume = async ({ channel, messages }: Changed) => {
      if (channel._id.toHexString() === channelId) throw new Error("not this one");
      seen.push(...messages.map(({ content }) => content));
    };
    await withFeed([consume], async (feed) => {
      await api.post(ada, channelId, "stuck");
      await api.post(ada, other.id, "free");
      await feed.run();
      expect(seen).toEqual(["free"]);
      const rests: number[] = [];
      for (let n = 0; n < 3; n++) {
        const { leasedUntil } = (await ChannelCursorModel.findById(channelId).lean()) ?? { leasedUntil: new Date(0) };
        rests.push(leasedUntil.getTime() - Date.now());
        await endRest();
        await feed.run();
      }
      expect(rests[2]).toBeGreaterThan(2 * (rests[0] ?? Number.NaN));
    });
  });

  it("is held up by no other that takes long", async () => {
    const other = await api.createChannel(ada);
    const seen: string[] = [];
    let end = () => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    const consume = async ({ channel, messages }: Changed) => {
      if (channel._id.toHexString() === channelId) await ended;
      if (channel._id.toHexString() === other.id) seen.push(...messages.map(({ content }) => content));
    };
    const feed = new ChannelFeed([consume], createLogger("silent"));
    feed.start();
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    await api.post(ada, channelId, "a long story");
    await pause(300);
    for (const content of ["one", "two"]) {
      await api.post(ada, other.id, content);
      for (let n = 0; n < 100 && !seen.includes(content); n++) await pause(20);
    }
    expect(seen).toEqual(["one", "two"]);
    end();
    await feed.stop();
  });

  it("goes on where an older version stood", async () => {
    const { seen, consume } = arrivals();
    await api.post(ada, channelId, "long done");
    const { rev } = (await ChannelModel.findById(channelId).lean()) ?? { rev: 0 };
    await ChannelCursorModel.collection.replaceOne(
      { _id: new Types.ObjectId(channelId) },
      { rev, leasedUntil: new Date(0), failures: 0 },
      { upsert: true },
    );
    await withFeed([consume], async (feed) => {
      await api.post(ada, channelId, "new", randomUUID());
      await feed.run();
    });
    expect(seen).toEqual(["new"]);
    expect(await MessageModel.countDocuments({ channelId })).toBe(2);
  });
});

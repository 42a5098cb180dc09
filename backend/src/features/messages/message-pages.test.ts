import { routes, type Channel, type RouteQueryInput } from "@connectbest/contract";
import { Types } from "mongoose";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { MessageModel } from "./messages.model";

let api: TestApi;
let ada: Account;
let bob: Account;
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
});
afterAll(() => api.close());

type Query = Partial<RouteQueryInput<typeof routes.listMessages>>;
const listing = (channel: Channel, query: Query) => ({ token: ada.token, params: { id: channel.id }, query });

/** `m3` was written three minutes after nine. */
const minute = (minutes: number): string => new Date(Date.UTC(2026, 0, 5, 9) + minutes * 60_000).toISOString();

/** A message, or a reply, as if it had been written then. */
async function say(channel: Channel, minutes: number, rootId?: string) {
  const content = `m${minutes}`;
  const message = rootId
    ? (await api.call(routes.postReply, { token: bob.token, params: { id: rootId }, body: { content } })).message
    : await api.post(bob, channel.id, content);
  await MessageModel.collection.updateOne(
    { _id: new Types.ObjectId(message.id) },
    { $set: { createdAt: new Date(minute(minutes)) } },
  );
  return message;
}

/** Messages at these minutes, with a long thread under the first: its replies take places in between. */
async function conversation(...minutes: number[]) {
  const channel = await api.createChannel(ada, [bob]);
  const [first = 0, ...others] = minutes;
  const root = await say(channel, first);
  for (const [index, at] of others.entries()) {
    await say(channel, at);
    if (at === others[index + 1]) continue;
    await say(channel, at, root.id);
    await say(channel, at + 0.25, root.id);
  }
  return { channel, root };
}

const told = (answer: {
  messages: { content: string; type: string }[];
  hasMoreBefore: boolean;
  hasMoreAfter: boolean;
}) => ({
  contents: answer.messages.map(({ content, type }) => (type === "system" ? "note" : content)),
  before: answer.hasMoreBefore,
  after: answer.hasMoreAfter,
});

describe("the page at a moment", () => {
  let channel: Channel;
  let rootId: string;
  beforeAll(async () => {
    const made = await conversation(10, 20, 30, 30, 40, 50, 60);
    channel = made.channel;
    rootId = made.root.id;
    // What notes the channel's beginning stands before everything.
    await MessageModel.collection.updateMany(
      { channelId: new Types.ObjectId(channel.id), type: "system" },
      { $set: { createdAt: new Date(minute(0)) } },
    );
  });
  const page = async (at: string, limit = 3) =>
    told(await api.call(routes.listMessages, listing(channel, { at, limit })));

  it("is the one around the message of that very moment", async () => {
    expect(await page(minute(40))).toEqual({ contents: ["m30", "m40", "m50"], before: true, after: true });
  });

  it("is, between two messages, the one around the later", async () => {
    expect(await page(minute(40.5))).toEqual({ contents: ["m40", "m50", "m60"], before: true, after: false });
    expect(await page(minute(39.9), 1)).toEqual({ contents: ["m40"], before: true, after: true });
  });

  it("is, of several messages of one moment, the one around the first", async () => {
    expect(await page(minute(30))).toEqual({ contents: ["m20", "m30", "m30"], before: true, after: true });
    expect((await page(minute(30), 2)).contents).toEqual(["m30", "m30"]);
  });

  it("is, before the first message, the beginning", async () => {
    const beginning = await page(minute(-60));
    expect(beginning.before).toBe(false);
    expect(beginning.after).toBe(true);
    expect(beginning.contents).toEqual(
      told(await api.call(routes.listMessages, listing(channel, { at: minute(0), limit: 3 }))).contents,
    );
    expect(await page(minute(-60), 100)).toMatchObject({ before: false, after: false });
  });

  it("is, after the last message, the newest", async () => {
    expect(await page(minute(61))).toEqual({ contents: ["m40", "m50", "m60"], before: true, after: false });
    expect(await page(new Date(Date.now() + 1e9).toISOString())).toEqual(
      told(await api.call(routes.listMessages, listing(channel, { limit: 3 }))),
    );
  });

  it("finds among all messages what a look at each of them finds", async () => {
    const { messages } = await api.call(routes.listMessages, listing(channel, { limit: 100 }));
    for (let half = -2; half < 124; half++) {
      const at = minute(half / 2);
      const first = messages.find(({ createdAt }) => createdAt >= at) ?? messages.at(-1);
      const found = await api.call(routes.listMessages, listing(channel, { at, limit: 1 }));
      expect([at, found.messages.map(({ id }) => id)]).toEqual([at, [first?.id]]);
    }
  });

  it("is a thread's own in a thread: its replies, and nothing of the channel", async () => {
    const replies = async (at: string, limit = 3) =>
      told(await api.call(routes.listReplies, { token: ada.token, params: { id: rootId }, query: { at, limit } }));
    expect(await replies(minute(40))).toEqual({ contents: ["m30.25", "m40", "m40.25"], before: true, after: true });
    expect(await replies(minute(40.1))).toEqual({ contents: ["m40", "m40.25", "m50"], before: true, after: true });
    expect(await replies(minute(0))).toEqual({ contents: ["m20", "m20.25"], before: false, after: true });
    expect(await replies(minute(90), 1)).toEqual({ contents: ["m60.25"], before: true, after: false });
  });

  it("keeps the places of what was deleted", async () => {
    const { channel: other } = await conversation(10, 20, 30);
    const { messages } = await api.call(routes.listMessages, listing(other, { at: minute(20), limit: 1 }));
    await api.call(routes.deleteMessage, { token: bob.token, params: { id: messages[0]?.id ?? "" } });
    const found = await api.call(routes.listMessages, listing(other, { at: minute(15), limit: 3 }));
    expect(found.messages.map(({ content, isDeleted }) => [content, isDeleted])).toEqual([
      ["m10", false],
      ["", true],
      ["m30", false],
    ]);
  });

  it("of a thread that nobody has replied to is empty", async () => {
    const { channel: other } = await conversation(10);
    const root = await say(other, 20);
    const query = { at: minute(0) };
    expect(told(await api.call(routes.listReplies, { token: ada.token, params: { id: root.id }, query }))).toEqual({
      contents: [],
      before: false,
      after: false,
    });
  });

  it("is paged on from like any other", async () => {
    const middle = await api.call(routes.listMessages, listing(channel, { at: minute(40), limit: 3 }));
    const [first, , last] = middle.messages;
    const older = await api.call(routes.listMessages, listing(channel, { before: first?.id ?? "", limit: 2 }));
    const newer = await api.call(routes.listMessages, listing(channel, { after: last?.id ?? "", limit: 2 }));
    expect([told(older).contents, told(newer).contents]).toEqual([["m20", "m30"], ["m60"]]);
  });

  it("is for members only", async () => {
    const secret = await api.createChannel(bob, [], "private");
    const answer = await api.send(routes.listMessages, listing(secret, { at: minute(0) }));
    expect(answer.status).toBe(404);
  });

  it.each(["before", "after", "around"] as const)("cannot be asked for together with %s", async (other) => {
    const query = { at: minute(40), [other]: rootId };
    expect((await api.send(routes.listMessages, listing(channel, query))).status).toBe(400);
    const inThread = await api.send(routes.listReplies, { token: ada.token, params: { id: rootId }, query });
    expect(inThread.status).toBe(400);
    expect(inThread.body).toMatchObject({ code: "invalid_request" });
  });

  it.each(["", "yesterday", "2026-01-05", "2026-01-05T09:00:00Z", "2026-13-05T09:00:00.000Z", "1767603600000"])(
    "is refused at %p, which is no moment",
    async (at) => {
      expect((await api.send(routes.listMessages, listing(channel, { at }))).status).toBe(400);
    },
  );
});

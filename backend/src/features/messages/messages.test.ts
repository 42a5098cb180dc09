import { randomUUID } from "node:crypto";
import { routes, type Channel } from "@connectbest/contract";
import { Types } from "mongoose";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { storeMessage } from "./message-writer";

let api: TestApi;
let ada: Account;
let bob: Account;
let channel: Channel;
beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
  channel = await api.createChannel(ada, [bob]);
});
afterAll(() => api.close());

const page = (account: Account, channelId: string, query: object = {}) =>
  api.call(routes.listMessages, { token: account.token, params: { id: channelId }, query });

describe("sending", () => {
  it("stores, answers, and tells the channel", async () => {
    const message = await api.post(ada, channel.id, "Hello\n  world ");
    expect(message).toMatchObject({ content: "Hello\n  world ", userId: ada.id, user: { name: "Ada" } });
    expect(api.realtime.to(channel.id).at(-1)).toEqual({
      type: "message.created",
      channelId: channel.id,
      rev: message.rev,
      message,
    });
    const seen = await api.channelOf(bob, channel.id);
    expect(seen.lastMessage).toMatchObject({ id: message.id, excerpt: "Hello world", userName: "Ada" });
    expect(seen.rev).toBe(message.rev);
  });

  it("stores one row for 20 parallel posts with one clientMessageId, and answers all alike", async () => {
    const clientMessageId = randomUUID();
    const body = { content: "only once", clientMessageId };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        api.send(routes.postMessage, { token: ada.token, params: { id: channel.id }, body }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(19);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    const { messages } = await page(ada, channel.id);
    expect(messages.filter((message) => message.clientMessageId === clientMessageId)).toHaveLength(1);
    const told = api.realtime
      .to(channel.id)
      .filter((event) => event.type === "message.created" && event.message.clientMessageId === clientMessageId);
    expect(told).toHaveLength(1);
  });

  it("refuses the same clientMessageId for other words or another channel", async () => {
    const other = await api.createChannel(ada);
    const clientMessageId = randomUUID();
    await api.post(ada, channel.id, "these words", clientMessageId);
    for (const [id, content] of [
      [channel.id, "other words"],
      [other.id, "these words"],
    ] as const) {
      const answer = await api.send(routes.postMessage, {
        token: ada.token,
        params: { id },
        body: { content, clientMessageId },
      });
      expect([answer.status, answer.body]).toMatchObject([409, { code: "conflict" }]);
    }
  });

  it("answers a repeat of text that ends in half an emoji as the first", async () => {
    const clientMessageId = randomUUID();
    const first = await api.post(ada, channel.id, "cut \ud83d", clientMessageId);
    expect(await api.post(ada, channel.id, "cut \ud83d", clientMessageId)).toEqual(first);
  });

  it("stores nothing for a sender who left while the message was waiting", async () => {
    const guest = await api.signUp("Guest");
    const before = (await api.channelOf(ada, channel.id)).rev;
    const draft = {
      channelId: new Types.ObjectId(channel.id),
      userName: "x",
      content: "too late",
    };
    const late = storeMessage({ ...draft, userId: new Types.ObjectId(guest.id), clientMessageId: randomUUID() });
    const inTime = storeMessage({ ...draft, userId: new Types.ObjectId(ada.id), clientMessageId: randomUUID() });
    await expect(late).rejects.toMatchObject({ code: "not_found" });
    expect(await inTime).toMatchObject({ created: true, message: { seq: before + 1 } });
    expect((await api.channelOf(ada, channel.id)).rev).toBe(before + 1);
  });

  it("lets two people use the same clientMessageId", async () => {
    const clientMessageId = randomUUID();
    const one = await api.post(ada, channel.id, "mine", clientMessageId);
    const two = await api.post(bob, channel.id, "mine", clientMessageId);
    expect(two.id).not.toBe(one.id);
  });

  it.each([
    ["", 400],
    ["   \n", 400],
    ["x".repeat(5000), 201],
    ["x".repeat(5001), 400],
  ])("takes 1 to 5,000 characters (%#)", async (content, status) => {
    const answer = await api.send(routes.postMessage, {
      token: ada.token,
      params: { id: channel.id },
      body: { content },
    });
    expect(answer.status).toBe(status);
  });

  it("is for members", async () => {
    const eve = await api.signUp("Eve");
    const answer = await api.send(routes.postMessage, {
      token: eve.token,
      params: { id: channel.id },
      body: { content: "let me in" },
    });
    expect(answer.status).toBe(404);
    expect((await api.send(routes.listMessages, { token: eve.token, params: { id: channel.id } })).status).toBe(404);
  });
});

describe("1,000 messages by 10 concurrent senders", () => {
  it("have one order for every reader: seq strictly rising, none missing, none twice", async () => {
    const senders = await Promise.all(Array.from({ length: 10 }, (_, i) => api.signUp(`Sender ${i}`)));
    const [first] = senders;
    if (!first) throw new Error("no senders");
    const busy = await api.createChannel(first, senders.slice(1));
    await Promise.all(
      senders.map(async (sender, s) => {
        for (let i = 0; i < 100; i++) await api.post(sender, busy.id, `${s}/${i}`);
      }),
    );
    const read = async (reader: Account) => {
      const contents: string[] = [];
      const seqs: number[] = [];
      let after: string | undefined;
      for (let more = true; more;) {
        const answer = after
          ? await page(reader, busy.id, { after, limit: 100 })
          : await oldest(reader, busy.id, seqs, contents);
        contents.push(...answer.messages.map((message) => message.content));
        seqs.push(...answer.messages.map((message) => message.seq));
        after = answer.messages.at(-1)?.id;
        more = answer.hasMoreAfter;
      }
      return { contents, seqs };
    };
    const views = await Promise.all(senders.slice(0, 3).map(read));
    const [view] = views;
    if (!view) throw new Error("no view");
    for (const other of views) expect(other).toEqual(view);
    expect(view.seqs).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    expect(new Set(view.contents).size).toBe(1000);
    for (let s = 0; s < 10; s++) {
      const own = view.contents.filter((content) => content.startsWith(`${s}/`));
      expect(own).toEqual(Array.from({ length: 100 }, (_, i) => `${s}/${i}`));
    }
    expect((await api.channelOf(first, busy.id)).rev).toBe(1000);
  }, 60_000);

  /** Pages back to the very first message, and answers the oldest page. */
  async function oldest(reader: Account, channelId: string, _seqs: number[], _contents: string[]) {
    let answer = await page(reader, channelId, { limit: 100 });
    while (answer.hasMoreBefore)
      answer = await page(reader, channelId, { limit: 100, before: answer.messages[0]?.id ?? "" });
    return answer;
  }
});

describe("paging", () => {
  let long: Channel;
  let ids: string[];
  beforeAll(async () => {
    long = await api.createChannel(ada);
    ids = [];
    for (let i = 0; i < 25; i++) ids.push((await api.post(ada, long.id, `m${i}`)).id);
  });
  const idsOf = (answer: { messages: { id: string }[] }) => answer.messages.map(({ id }) => id);
  const at = (i: number) => ids[i] ?? "";

  it("begins with the newest, oldest first", async () => {
    const answer = await page(ada, long.id, { limit: 10 });
    expect(idsOf(answer)).toEqual(ids.slice(15));
    expect(answer).toMatchObject({ hasMoreBefore: true, hasMoreAfter: false });
  });

  it("goes back with before, to the very beginning", async () => {
    expect(await page(ada, long.id, { limit: 10, before: at(15) })).toMatchObject({
      hasMoreBefore: true,
      hasMoreAfter: true,
    });
    const last = await page(ada, long.id, { limit: 10, before: at(5) });
    expect(idsOf(last)).toEqual(ids.slice(0, 5));
    expect(last.hasMoreBefore).toBe(false);
  });

  it("goes forward with after", async () => {
    const answer = await page(ada, long.id, { limit: 10, after: at(14) });
    expect(idsOf(answer)).toEqual(ids.slice(15));
    expect(answer).toMatchObject({ hasMoreBefore: true, hasMoreAfter: false });
  });

  it("surrounds a message with around", async () => {
    const middle = await page(ada, long.id, { limit: 5, around: at(12) });
    expect(idsOf(middle)).toEqual(ids.slice(10, 15));
    expect(middle).toMatchObject({ hasMoreBefore: true, hasMoreAfter: true });
    const start = await page(ada, long.id, { limit: 5, around: at(0) });
    expect(idsOf(start)).toEqual(ids.slice(0, 3));
    expect(start.hasMoreBefore).toBe(false);
    expect(idsOf(await page(ada, long.id, { limit: 1, around: at(7) }))).toEqual([at(7)]);
  });

  it("refuses two places at once, and a message of elsewhere", async () => {
    const token = ada.token;
    const both = await api.send(routes.listMessages, {
      token,
      params: { id: long.id },
      query: { before: at(1), after: at(0) },
    });
    expect(both.status).toBe(400);
    const elsewhere = await api.send(routes.listMessages, {
      token,
      params: { id: channel.id },
      query: { before: at(1) },
    });
    expect(elsewhere.status).toBe(404);
  });

  it("gets one message, for members only", async () => {
    const { message } = await api.call(routes.getMessage, { token: ada.token, params: { id: at(3) } });
    expect(message.content).toBe("m3");
    expect((await api.send(routes.getMessage, { token: bob.token, params: { id: at(3) } })).status).toBe(404);
  });
});

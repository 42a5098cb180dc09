import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import { Types } from "mongoose";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { callsIn } from "./mentions";
import { expectQuick } from "../../testing/quick";
import { storeMessage } from "./message-writer";

describe("calls in a text", () => {
  it.each([
    ["@ada", ["ada"], false, false],
    ["hi @ada.lovelace, look", ["ada.lovelace"], false, false],
    ["ask @ada.", ["ada.", "ada"], false, false],
    ["(@ada) and @Bob!", ["ada", "bob"], false, false],
    ["mail ada@example.com or a/@b", [], false, false],
    ["@channel @here", [], true, true],
    ["@everyone: @all", [], true, false],
    ["`@ada` and\n```\n@bob\n```", [], false, false],
    ["``` @ada", [], false, false],
    ["nobody", [], false, false],
    ["@", [], false, false],
  ])("%j", (text, usernames, channel, here) => {
    expect(callsIn(text)).toEqual({ usernames, channel, here });
  });

  it("are at most a hundred names, and found at once", () =>
    expectQuick(100, () => {
      expect(callsIn("@a1 ".repeat(1250) + "`".repeat(2000)).usernames).toEqual(["a1"]);
      expect(callsIn(Array.from({ length: 500 }, (_, i) => `@name${i}`).join(" ")).usernames).toHaveLength(100);
    }));
});

describe("mentions", () => {
  let api: TestApi;
  let ada: Account;
  let bob: Account;
  let cem: Account;
  let channelId: string;
  beforeAll(async () => {
    api = await startTestApi();
    [ada, bob, cem] = [await api.signUp("Ada"), await api.signUp("Bob"), await api.signUp("Cem")];
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    api.realtime.live.clear();
    channelId = (await api.createChannel(ada, [bob, cem])).id;
  });

  const badge = async (who: Account) => (await api.channelOf(who, channelId)).membership?.mentionCount;

  it("call members by name, nobody else, and not oneself", async () => {
    const stranger = await api.signUp("Stranger");
    const text = `@${bob.username} @${stranger.username} @${ada.username} @nobody`;
    const message = await api.post(ada, channelId, text);
    expect(message).toMatchObject({ mentions: [bob.id], mentionsChannel: false });
    expect([await badge(ada), await badge(bob), await badge(cem)]).toEqual([0, 1, 0]);
  });

  it("call everybody with @channel, and those who are here with @here", async () => {
    expect((await api.post(ada, channelId, "@channel: lunch")).mentionsChannel).toBe(true);
    expect([await badge(ada), await badge(bob), await badge(cem)]).toEqual([0, 1, 1]);
    api.realtime.live.set(bob.id, false);
    api.realtime.live.set(ada.id, false);
    expect((await api.post(ada, channelId, "@here: now")).mentions).toEqual([bob.id]);
    expect([await badge(ada), await badge(bob), await badge(cem)]).toEqual([0, 2, 1]);
  });

  it("are counted until read, and by an edit neither made nor unmade", async () => {
    const { id, seq } = await api.post(ada, channelId, `@${bob.username}`);
    await api.call(routes.editMessage, {
      token: ada.token,
      params: { id },
      body: { content: `@${cem.username} instead` },
    });
    expect([await badge(bob), await badge(cem)]).toEqual([1, 0]);
    await api.call(routes.markRead, { token: bob.token, params: { id: channelId }, body: { seq } });
    expect(await badge(bob)).toBe(0);
    await api.call(routes.markUnread, { token: bob.token, params: { id } });
    expect(await badge(bob)).toBe(1);
  });

  it("in a thread are the thread's, also where its reply is stored together with what the called one says", async () => {
    const root = new Types.ObjectId((await api.post(bob, channelId, "root")).id);
    const draftOf = ({ id, name }: Account, content: string) => ({
      channelId: new Types.ObjectId(channelId),
      userId: new Types.ObjectId(id),
      userName: name,
      content,
      clientMessageId: randomUUID(),
    });
    const calling = { userIds: [new Types.ObjectId(ada.id)], everybody: false };
    // The first is stored alone; the others wait for it, and share a transaction.
    await Promise.all([
      storeMessage(draftOf(bob, "one moment")),
      storeMessage(draftOf(ada, "I am here")),
      storeMessage({ ...draftOf(bob, `@${ada.username}`), parentId: root, mentions: calling }),
    ]);
    expect((await api.channelOf(ada, channelId)).membership).toMatchObject({ unreadCount: 0, mentionCount: 0 });
    expect((await api.call(routes.listThreads, { token: ada.token })).counts.mentionCount).toBe(1);
  });

  it("are all that is said in a direct message", async () => {
    const { channel } = await api.call(routes.openDirectMessage, { token: ada.token, body: { userIds: [bob.id] } });
    await api.post(ada, channel.id, "hello");
    expect((await api.channelOf(bob, channel.id)).membership).toMatchObject({ unreadCount: 1, mentionCount: 1 });
  });
});

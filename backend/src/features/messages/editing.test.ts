import { Emoji, routes } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";

let api: TestApi;
let ada: Account;
let bob: Account;
let channelId: string;
beforeAll(async () => {
  api = await startTestApi();
  await api.signUp("Owner");
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
});
afterAll(() => api.close());
beforeEach(async () => {
  channelId = (await api.createChannel(ada, [bob])).id;
});

const edit = (who: Account, id: string, content: string) =>
  api.send(routes.editMessage, { token: who.token, params: { id }, body: { content } });
const remove = (who: Account, id: string) => api.send(routes.deleteMessage, { token: who.token, params: { id } });
const get = async (who: Account, id: string) =>
  (await api.call(routes.getMessage, { token: who.token, params: { id } })).message;
const historyOf = async (who: Account, id: string) =>
  (await api.call(routes.messageHistory, { token: who.token, params: { id } })).versions.map(({ content }) => content);
const lastEvent = () => api.realtime.to(channelId).at(-1);

describe("editing", () => {
  it("rewrites one's own message, keeps what it said, and tells the channel under the next revision", async () => {
    const { id, rev, createdAt } = await api.post(bob, channelId, "frist");
    await edit(bob, id, "first");
    await edit(bob, id, "first!");
    const message = await get(ada, id);
    expect(message).toMatchObject({ content: "first!", rev: rev + 2, isEdited: true, createdAt });
    expect(await historyOf(ada, id)).toEqual(["frist", "first"]);
    expect(lastEvent()).toMatchObject({ type: "message.updated", rev: rev + 2, message: { content: "first!" } });
    expect((await api.channelOf(ada, channelId)).lastMessage?.excerpt).toBe("first!");
  });

  it("to the same words changes nothing", async () => {
    const { id, rev } = await api.post(bob, channelId, "as it is");
    await edit(bob, id, "as it is");
    expect(await get(bob, id)).toMatchObject({ rev, isEdited: false });
  });

  it("is its author's alone, and needs words", async () => {
    const { id } = await api.post(bob, channelId, "mine");
    expect((await edit(ada, id, "yours")).status).toBe(403);
    expect((await edit(bob, id, "  ")).status).toBe(400);
    expect((await edit(bob, id, "x".repeat(5001))).body).toMatchObject({
      details: [{ message: expect.stringContaining("as a file") as unknown }],
    });
  });

  it("from two devices at once loses neither's history", async () => {
    const { id } = await api.post(bob, channelId, "0");
    await Promise.all(["1", "2", "3", "4"].map((content) => edit(bob, id, content)));
    const history = await historyOf(bob, id);
    expect([...history, (await get(bob, id)).content].sort()).toEqual(["0", "1", "2", "3", "4"]);
  });
});

describe("deleting", () => {
  it("leaves a place without words, files or past, for whoever looks later too", async () => {
    const before = await api.post(ada, channelId, "stays");
    const { id, seq } = await api.post(bob, channelId, "secret");
    await edit(bob, id, "secret too");
    expect((await remove(bob, id)).status).toBe(204);
    expect((await remove(bob, id)).status).toBe(204);
    expect(await get(ada, id)).toMatchObject({ id, seq, content: "", isDeleted: true, isEdited: false });
    expect(await historyOf(ada, id)).toEqual([]);
    expect((await api.channelOf(ada, channelId)).lastMessage?.id).toBe(before.id);
    expect(lastEvent()).toMatchObject({
      type: "message.deleted",
      message: { content: "" },
      channel: { lastMessage: { id: before.id } },
    });
    expect((await edit(bob, id, "back again")).status).toBe(404);
  });

  it("is for its author and the channel's administrators", async () => {
    const { id } = await api.post(ada, channelId, "by the administrator");
    expect((await remove(bob, id)).status).toBe(403);
    const other = await api.post(bob, channelId, "by a member");
    expect((await remove(ada, other.id)).status).toBe(204);
  });

  it("takes an unread message from everybody's badge, and a call from whom it called", async () => {
    await api.post(ada, channelId, "one");
    const { id } = await api.post(ada, channelId, `two @${bob.username}`);
    expect((await api.channelOf(bob, channelId)).membership).toMatchObject({ unreadCount: 2, mentionCount: 1 });
    await remove(ada, id);
    expect((await api.channelOf(bob, channelId)).membership).toMatchObject({ unreadCount: 1, mentionCount: 0 });
  });

  it("answers a repeat of the send as it did before, without bringing the message back", async () => {
    const { id, clientMessageId } = await api.post(bob, channelId, "once");
    await remove(bob, id);
    const repeat = await api.send(routes.postMessage, {
      token: bob.token,
      params: { id: channelId },
      body: { content: "once", clientMessageId },
    });
    expect([repeat.status, (repeat.body as { message: { isDeleted: boolean } }).message.isDeleted]).toEqual([
      200,
      true,
    ]);
  });
});

describe("reactions", () => {
  const react = (who: Account, id: string, emoji: string) =>
    api.send(routes.addReaction, { token: who.token, params: { id, emoji: encodeURIComponent(emoji) } });
  const unreact = (who: Account, id: string, emoji: string) =>
    api.send(routes.removeReaction, { token: who.token, params: { id, emoji: encodeURIComponent(emoji) } });

  it("are given and taken back, each once a person, several a message", async () => {
    const { id } = await api.post(ada, channelId, "who comes?");
    for (const emoji of ["👍", "👍", "👩‍👩‍👧‍👦", "🇩🇪", "❤️"]) expect((await react(bob, id, emoji)).status).toBe(200);
    await react(ada, id, "👍");
    expect((await get(bob, id)).reactions).toEqual([
      { emoji: "👍", count: 2, userIds: [bob.id, ada.id] },
      { emoji: "👩‍👩‍👧‍👦", count: 1, userIds: [bob.id] },
      { emoji: "🇩🇪", count: 1, userIds: [bob.id] },
      { emoji: "❤️", count: 1, userIds: [bob.id] },
    ]);
    await unreact(bob, id, "👍");
    await unreact(bob, id, "👍");
    await unreact(bob, id, "❤️");
    expect((await get(bob, id)).reactions.map(({ emoji, count }) => [emoji, count])).toEqual([
      ["👍", 1],
      ["👩‍👩‍👧‍👦", 1],
      ["🇩🇪", 1],
    ]);
  });

  it.each(["ok", "👍👍", "x", "👍!", "\u200d", "1"])("%j is no emoji", async (text) => {
    const { id } = await api.post(ada, channelId, "?");
    expect((await react(bob, id, text)).status).toBe(400);
  });

  it("are of at most fifty kinds", async () => {
    const { id } = await api.post(ada, channelId, "all of them");
    const animals = Array.from({ length: 51 }, (_, i) => String.fromCodePoint(0x1f400 + i)).filter(
      (emoji) => Emoji.safeParse(emoji).success,
    );
    const statuses = [];
    for (const emoji of animals) statuses.push((await react(bob, id, emoji)).status);
    expect(statuses).toEqual(animals.map((_, i) => (i < 50 ? 200 : 409)));
    expect((await react(ada, id, animals[0] ?? "")).status).toBe(200);
  });

  it("of many at once all count", async () => {
    const { id } = await api.post(ada, channelId, "now");
    await Promise.all([ada, bob].flatMap((who) => ["👍", "🎉", "👀"].map((emoji) => react(who, id, emoji))));
    expect((await get(ada, id)).reactions.map(({ count }) => count)).toEqual([2, 2, 2]);
  });
});

describe("pins and bookmarks", () => {
  const pin = (who: Account, id: string) => api.call(routes.pinMessage, { token: who.token, params: { id } });

  it("pinning is told in the order of its revisions: nobody finds a gap", async () => {
    const message = await api.post(ada, channelId, "important");
    const before = api.realtime.to(channelId).length;
    await pin(bob, message.id);
    const revs = api.realtime
      .to(channelId)
      .slice(before)
      .map((event) => ("rev" in event ? event.rev : 0));
    expect(revs).toEqual([message.rev + 1, message.rev + 2]);
  });

  it("pins are everybody's, noted in the channel, latest first", async () => {
    const [one, two] = [await api.post(ada, channelId, "one"), await api.post(ada, channelId, "two")];
    await pin(bob, one.id);
    await pin(bob, one.id);
    await pin(bob, two.id);
    const list = () => api.call(routes.listPins, { token: ada.token, params: { id: channelId } });
    expect((await list()).messages.map(({ content, isPinned }) => [content, isPinned])).toEqual([
      ["two", true],
      ["one", true],
    ]);
    const page = await api.call(routes.listMessages, { token: ada.token, params: { id: channelId } });
    expect(page.messages.filter(({ type }) => type === "system").map(({ content }) => content)).toEqual([
      "Bob pinned a message.",
      "Bob pinned a message.",
    ]);
    await api.call(routes.unpinMessage, { token: ada.token, params: { id: two.id } });
    await remove(ada, one.id);
    expect((await list()).messages).toEqual([]);
  });

  it("bookmarks are one's own, and go with the message or the membership", async () => {
    const [one, two] = [await api.post(ada, channelId, "one"), await api.post(ada, channelId, "two")];
    for (const { id } of [one, two, two]) await api.call(routes.addBookmark, { token: bob.token, params: { id } });
    const list = async (who: Account) =>
      (await api.call(routes.listBookmarks, { token: who.token })).bookmarks.map(({ message }) => message.content);
    expect(await list(bob)).toEqual(["two", "one"]);
    expect(await list(ada)).toEqual([]);
    await api.call(routes.removeBookmark, { token: bob.token, params: { id: one.id } });
    expect(await list(bob)).toEqual(["two"]);
    await api.call(routes.leaveChannel, { token: bob.token, params: { id: channelId } });
    expect(await list(bob)).toEqual([]);
  });
});

describe("forwarding", () => {
  it("takes a message where I write too, with its author and a word of mine", async () => {
    const { id } = await api.post(ada, channelId, "read this");
    const target = await api.createChannel(bob, []);
    const body = { channelId: target.id, content: "see" };
    const { message } = await api.call(routes.forwardMessage, { token: bob.token, params: { id }, body });
    expect(message).toMatchObject({
      channelId: target.id,
      userId: bob.id,
      content: "see",
      forwarded: { messageId: id, channelId, userId: ada.id, userName: "Ada", content: "read this" },
    });
    const again = await api.createChannel(bob, []);
    const onward = { channelId: again.id, content: "" };
    const second = await api.call(routes.forwardMessage, {
      token: bob.token,
      params: { id: message.id },
      body: onward,
    });
    expect(second.message.forwarded).toEqual(message.forwarded);
  });

  it("goes nowhere that I may not write, and from nowhere that I may not read", async () => {
    const { id } = await api.post(ada, channelId, "not for everybody");
    const other = await api.createChannel(ada, [], "private");
    const status = async (token: string, to: string) =>
      (await api.send(routes.forwardMessage, { token, params: { id }, body: { channelId: to } })).status;
    expect(await status(bob.token, other.id)).toBe(404);
    const stranger = await api.signUp("Stranger");
    const own = await api.createChannel(stranger, []);
    expect(await status(stranger.token, own.id)).toBe(404);
  });
});

import { routes, userTopic } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";

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
  channelId = (await api.createChannel(ada, [bob, cem])).id;
});

const reply = async (who: Account, id: string, content: string) =>
  (await api.call(routes.postReply, { token: who.token, params: { id }, body: { content } })).message;
const repliesTo = (who: Account, id: string, query = {}) =>
  api.call(routes.listReplies, { token: who.token, params: { id }, query });
const threadsOf = async (who: Account) => api.call(routes.listThreads, { token: who.token });
const timeline = async () =>
  (await api.call(routes.listMessages, { token: ada.token, params: { id: channelId } })).messages.map(
    ({ content }) => content,
  );

describe("a thread", () => {
  it("keeps replies out of the channel, and counts them under their message", async () => {
    const root = await api.post(ada, channelId, "question");
    const first = await reply(bob, root.id, "answer");
    await reply(cem, first.id, "to the reply is to the same thread");
    await api.post(ada, channelId, "meanwhile");
    expect(await timeline()).toEqual(["question", "meanwhile"]);
    const { messages } = await repliesTo(ada, root.id);
    expect(messages.map(({ content, parentMessageId }) => [content, parentMessageId])).toEqual([
      ["answer", root.id],
      ["to the reply is to the same thread", root.id],
    ]);
    const { message } = await api.call(routes.getMessage, { token: ada.token, params: { id: root.id } });
    expect(message).toMatchObject({ replyCount: 2, lastReplyAt: messages[1]?.createdAt });
    expect(message.participants.map(({ name }) => name)).toEqual(["Cem", "Bob"]);
  });

  it("does not raise the channel's badge, nor clear it", async () => {
    const root = await api.post(ada, channelId, "question");
    await reply(cem, root.id, "answer");
    expect((await api.channelOf(bob, channelId)).membership?.unreadCount).toBe(1);
    await reply(bob, root.id, "me too");
    expect((await api.channelOf(bob, channelId)).membership?.unreadCount).toBe(1);
  });

  it("pages like a channel, and a permalink to a reply finds its place in both", async () => {
    const root = await api.post(ada, channelId, "root");
    for (let n = 0; n < 6; n++) await reply(bob, root.id, `reply ${n}`);
    const newest = await repliesTo(ada, root.id, { limit: 2 });
    expect(newest.messages.map(({ content }) => content)).toEqual(["reply 4", "reply 5"]);
    expect(newest).toMatchObject({ hasMoreBefore: true, hasMoreAfter: false });
    const before = await repliesTo(ada, root.id, { limit: 3, before: newest.messages[0]?.id ?? "" });
    expect(before.messages.map(({ content }) => content)).toEqual(["reply 1", "reply 2", "reply 3"]);
    const around = await api.call(routes.listMessages, {
      token: ada.token,
      params: { id: channelId },
      query: { around: before.messages[0]?.id ?? "", limit: 5 },
    });
    expect(around.messages.map(({ content }) => content)).toEqual(["root"]);
  });

  it("is followed by its author, by who replies and by who is called; each reads for themselves", async () => {
    const root = await api.post(ada, channelId, "question");
    const one = await reply(bob, root.id, "one");
    const two = await reply(bob, root.id, `two @${cem.username}`);
    expect((await repliesTo(ada, root.id)).thread).toMatchObject({
      isFollowing: true,
      unreadCount: 2,
      mentionCount: 0,
    });
    expect((await repliesTo(bob, root.id)).thread).toMatchObject({ isFollowing: true, unreadCount: 0 });
    expect((await repliesTo(cem, root.id)).thread).toMatchObject({
      isFollowing: true,
      unreadCount: 1,
      mentionCount: 1,
    });
    const read = (seq: number) =>
      api.call(routes.readThread, { token: ada.token, params: { id: root.id }, body: { seq } });
    expect((await read(one.seq)).thread.unreadCount).toBe(1);
    expect((await read(two.seq)).thread.unreadCount).toBe(0);
    expect((await read(one.seq)).thread.lastReadSeq).toBe(two.seq);
    const last = api.realtime.to(userTopic(ada.id)).at(-1);
    expect(last).toMatchObject({ type: "thread.updated", thread: { messageId: root.id, unreadCount: 0 } });
  });

  it("may be followed and left alone, until one is called again", async () => {
    const root = await api.post(ada, channelId, "question");
    await reply(bob, root.id, "one");
    const params = { id: root.id };
    await api.call(routes.followThread, { token: cem.token, params });
    await reply(bob, root.id, "two");
    expect((await repliesTo(cem, root.id)).thread.unreadCount).toBe(1);
    await api.call(routes.unfollowThread, { token: cem.token, params });
    await reply(bob, root.id, "three");
    expect((await repliesTo(cem, root.id)).thread).toMatchObject({ isFollowing: false, unreadCount: 0 });
    await reply(bob, root.id, `four @${cem.username}`);
    expect((await repliesTo(cem, root.id)).thread).toMatchObject({ isFollowing: true, unreadCount: 1 });
  });

  it("lists unread ones first, then by the latest reply, in pages", async () => {
    const roots = [];
    for (const name of ["a", "b", "c"]) roots.push(await api.post(ada, channelId, name));
    for (const { id } of roots) await reply(bob, id, "hello");
    await api.call(routes.readThread, { token: ada.token, params: { id: roots[2]?.id ?? "" }, body: { seq: 10_000 } });
    const { threads, counts } = await threadsOf(ada);
    const mine = threads.filter(({ message }) => message.channelId === channelId);
    expect(mine.map(({ message, thread }) => [message.content, thread.unreadCount])).toEqual([
      ["b", 1],
      ["a", 1],
      ["c", 0],
    ]);
    expect(counts.unreadCount).toBeGreaterThanOrEqual(2);
    const names: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await api.call(routes.listThreads, {
        token: ada.token,
        query: { limit: 1, ...(cursor && { cursor }) },
      });
      names.push(...page.threads.map(({ message }) => message.id));
      cursor = page.nextCursor;
    }
    expect(names).toEqual(threads.map(({ message }) => message.id));
  });

  it("marks unread from a reply on", async () => {
    const root = await api.post(ada, channelId, "question");
    await reply(bob, root.id, "one");
    const two = await reply(bob, root.id, "two");
    await reply(bob, root.id, "three");
    await api.call(routes.readThread, { token: ada.token, params: { id: root.id }, body: { seq: 10_000 } });
    const answer = await api.call(routes.markUnread, { token: ada.token, params: { id: two.id } });
    expect(answer).toMatchObject({ membership: null, thread: { unreadCount: 2 } });
  });

  it("counts anew when a reply is deleted, and stays when its message is", async () => {
    const root = await api.post(ada, channelId, "question");
    const one = await reply(bob, root.id, "one");
    await reply(cem, root.id, "two");
    await api.call(routes.deleteMessage, { token: bob.token, params: { id: one.id } });
    const { message } = await api.call(routes.getMessage, { token: ada.token, params: { id: root.id } });
    expect(message).toMatchObject({ replyCount: 1 });
    expect(message.participants.map(({ name }) => name)).toEqual(["Cem"]);
    expect((await repliesTo(ada, root.id)).thread.unreadCount).toBe(1);
    await api.call(routes.deleteMessage, { token: ada.token, params: { id: root.id } });
    expect((await repliesTo(ada, root.id)).messages.filter((m) => !m.isDeleted)).toHaveLength(1);
    await reply(cem, root.id, "still here");
  });

  it("of many replies at once misses none", async () => {
    const root = await api.post(ada, channelId, "go");
    const authors = Array.from({ length: 20 }, (_, n) => (n % 2 ? bob : cem));
    await Promise.all(authors.map((who, n) => reply(who, root.id, `${n}`)));
    const { message } = await api.call(routes.getMessage, { token: ada.token, params: { id: root.id } });
    expect(message.replyCount).toBe(20);
    expect((await repliesTo(ada, root.id)).thread.unreadCount).toBe(20);
  });

  it("is not joined across channels, nor under what the system noted", async () => {
    const other = await api.createChannel(ada, []);
    const root = await api.post(ada, other.id, "elsewhere");
    const body = { content: "here", parentMessageId: root.id };
    const wrong = await api.send(routes.postMessage, { token: ada.token, params: { id: channelId }, body });
    expect(wrong.status).toBe(404);
    await api.call(routes.joinChannel, { token: bob.token, params: { id: other.id } });
    const page = await api.call(routes.listMessages, { token: ada.token, params: { id: other.id } });
    const note = page.messages.find(({ type }) => type === "system");
    const noted = await api.send(routes.postReply, {
      token: ada.token,
      params: { id: note?.id ?? "" },
      body: { content: "?" },
    });
    expect(noted.status).toBe(403);
  });

  it("is read up to its last reply at most, whatever is asked for", async () => {
    const root = await api.post(ada, channelId, "root");
    await reply(bob, root.id, "one");
    const read = (seq: number) =>
      api.call(routes.readThread, { token: ada.token, params: { id: root.id }, body: { seq } });
    await read(Number.MAX_SAFE_INTEGER);
    const two = await reply(bob, root.id, "two");
    expect((await repliesTo(ada, root.id)).thread.unreadCount).toBe(1);
    expect((await read(two.seq)).thread.unreadCount).toBe(0);
  });

  it("stands in its place in the list once it is marked unread, followed before or not", async () => {
    const root = await api.post(ada, channelId, "root");
    const answer = await reply(bob, root.id, "one");
    await api.call(routes.markUnread, { token: cem.token, params: { id: answer.id } });
    const { threads } = await threadsOf(cem);
    expect(threads[0]?.thread).toMatchObject({ messageId: root.id, lastReplyAt: answer.createdAt, unreadCount: 1 });
  });
});

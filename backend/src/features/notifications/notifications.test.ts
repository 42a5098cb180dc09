import { routes, userTopic, type Notification } from "@connectbest/contract";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { isCalling, isQuiet } from "./quiet";
import { wordsIn } from "./words";
import { expectQuick } from "../../testing/quick";

let api: TestApi;
let ada: Account;
let bob: Account;
let cem: Account;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());
beforeEach(async () => {
  [ada, bob, cem] = [await api.signUp("Ada"), await api.signUp("Bob"), await api.signUp("Cem")];
  await api.settle();
});

const feedOf = async (person: Account): Promise<Notification[]> => {
  await api.settle();
  return (await api.call(routes.listNotifications, { token: person.token })).notifications;
};
const unreadOf = async (person: Account) => {
  await api.settle();
  return (await api.call(routes.listNotifications, { token: person.token })).unreadCount;
};
const kinds = (feed: Notification[]) => feed.map(({ kind, count, isRead }) => [kind, count, isRead]);
const openWith = async (me: Account, other: Account) =>
  (await api.call(routes.openDirectMessage, { token: me.token, body: { userIds: [other.id] } })).channel;
const reply = (author: Account, messageId: string, content: string) =>
  api.call(routes.postReply, { token: author.token, params: { id: messageId }, body: { content } });
const told = (person: Account) =>
  api.realtime.to(userTopic(person.id)).flatMap((event) => (event.type === "notification" ? [event] : []));

describe("notifications", () => {
  it("tell of a mention once, and of nothing that merely passes by", async () => {
    const channel = await api.createChannel(ada, [bob, cem]);
    await api.post(ada, channel.id, "nothing to see");
    const message = await api.post(ada, channel.id, `look, @${bob.username}`);
    const feed = await feedOf(bob);
    expect(feed).toEqual([
      expect.objectContaining({
        kind: "mention",
        channelName: channel.name,
        messageId: message.id,
        excerpt: message.content,
        actor: expect.objectContaining({ id: ada.id }) as unknown,
        isRead: false,
      }),
    ]);
    expect(await feedOf(cem)).toEqual([]);
    expect(await feedOf(ada)).toEqual([]);
    expect(told(bob)).toHaveLength(1);
  });

  it("of a conversation are one, however much is said", async () => {
    const dm = await openWith(ada, bob);
    for (const text of ["one", "two", "three"]) await api.post(ada, dm.id, text);
    expect(kinds(await feedOf(bob))).toEqual([["dm", 3, false]]);
    await api.post(ada, dm.id, "four");
    const [notice] = await feedOf(bob);
    expect(notice).toMatchObject({ count: 4, excerpt: "four" });
  });

  it("are cleared on all devices when what they are about is read", async () => {
    const dm = await openWith(ada, bob);
    const message = await api.post(ada, dm.id, "hello");
    expect(await unreadOf(bob)).toBe(1);
    await api.call(routes.markRead, { token: bob.token, params: { id: dm.id }, body: { seq: message.seq } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await unreadOf(bob)).toBe(0);
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toMatchObject({ type: "notifications.read", unreadCount: 0 });
    await api.post(ada, dm.id, "again");
    expect(kinds(await feedOf(bob))).toEqual([["dm", 1, false]]);
  });

  it("do not come for what has been read already, and go when one answers", async () => {
    const dm = await openWith(ada, bob);
    const message = await api.post(ada, dm.id, "seen at once");
    await api.call(routes.markRead, { token: bob.token, params: { id: dm.id }, body: { seq: message.seq } });
    expect(await feedOf(bob)).toEqual([]);
    await api.post(ada, dm.id, "and now?");
    expect(await unreadOf(bob)).toBe(1);
    await api.post(bob, dm.id, "here I am");
    expect(await unreadOf(bob)).toBe(0);
  });

  it("tell those who follow a thread of replies, and whoever is called in it", async () => {
    const channel = await api.createChannel(ada, [bob, cem]);
    const root = await api.post(ada, channel.id, "what do you think?");
    await reply(bob, root.id, "good");
    await reply(bob, root.id, `and you, @${cem.username}?`);
    expect(kinds(await feedOf(ada))).toEqual([["thread_reply", 2, false]]);
    expect(kinds(await feedOf(cem))).toEqual([["mention", 1, false]]);
    await api.call(routes.unfollowThread, { token: ada.token, params: { id: root.id } });
    await reply(bob, root.id, "anybody?");
    expect(kinds(await feedOf(ada))).toEqual([["thread_reply", 2, false]]);
    expect(kinds(await feedOf(cem))).toEqual([
      ["thread_reply", 1, false],
      ["mention", 1, false],
    ]);
  });

  it("tell an author of reactions, each once, and take them back", async () => {
    const channel = await api.createChannel(ada, [bob, cem]);
    const { id } = await api.post(ada, channel.id, "done");
    const react = (who: Account, emoji: string) =>
      api.call(routes.addReaction, { token: who.token, params: { id, emoji: encodeURIComponent(emoji) } });
    await react(bob, "🎉");
    await react(ada, "👍");
    expect(await feedOf(ada)).toEqual([expect.objectContaining({ kind: "reaction", detail: "🎉", count: 1 })]);
    await react(cem, "🎉");
    expect(kinds(await feedOf(ada))).toEqual([["reaction", 2, false]]);
    await api.call(routes.readNotifications, { token: ada.token, body: {} });
    await api.call(routes.editMessage, { token: ada.token, params: { id }, body: { content: "done!" } });
    expect(kinds(await feedOf(ada))).toEqual([["reaction", 2, true]]);
    for (const who of [bob, cem])
      await api.call(routes.removeReaction, { token: who.token, params: { id, emoji: encodeURIComponent("🎉") } });
    expect(await feedOf(ada)).toEqual([]);
  });

  it("go with their message, and with leaving its channel", async () => {
    const channel = await api.createChannel(ada, [bob], "private");
    const message = await api.post(ada, channel.id, `@${bob.username}: secret`);
    await api.post(ada, channel.id, `@${bob.username}: another`);
    expect(await unreadOf(bob)).toBe(2);
    await api.call(routes.deleteMessage, { token: ada.token, params: { id: message.id } });
    expect(await unreadOf(bob)).toBe(1);
    await api.call(routes.leaveChannel, { token: bob.token, params: { id: channel.id } });
    expect(await feedOf(bob)).toEqual([]);
  });

  it("call by keywords where one reads, and nowhere else", async () => {
    const channel = await api.createChannel(ada, [bob], "private");
    for (const person of [bob, cem])
      await api.call(routes.updateNotificationSettings, { token: person.token, body: { keywords: ["Déploiement"] } });
    await api.post(ada, channel.id, "the DEPLOIEMENT failed");
    await api.post(ada, channel.id, "deploiements are plural");
    expect(kinds(await feedOf(bob))).toEqual([["keyword", 1, false]]);
    expect(await feedOf(cem)).toEqual([]);
  });

  it("are silent in channels that are muted, and where somebody will not be disturbed", async () => {
    const channel = await api.createChannel(ada, [bob, cem]);
    const quiet = { isOn: true, from: "00:00", to: "23:59" };
    await api.call(routes.setChannelNotifications, {
      token: bob.token,
      params: { id: channel.id },
      body: { muted: true },
    });
    await api.call(routes.updateNotificationSettings, { token: cem.token, body: { doNotDisturb: quiet } });
    await api.post(ada, channel.id, "@channel: lunch");
    await api.settle();
    const isMinuteToMidnight = new Date().toISOString().slice(11, 16) === "23:59";
    expect(told(bob).map(({ isLoud }) => isLoud)).toEqual([false]);
    expect(told(cem).map(({ isLoud }) => isLoud)).toEqual([isMinuteToMidnight]);
  });

  it("are told once when the work is done twice", async () => {
    const channel = await api.createChannel(ada, [bob]);
    await api.post(ada, channel.id, `@${bob.username}`);
    const dm = await openWith(ada, bob);
    await api.post(ada, dm.id, "hi");
    await api.settle();
    const { ChannelCursorModel } = await import("../messages/channel-cursors.model");
    await ChannelCursorModel.updateMany({}, { $set: { rev: 0 } });
    api.feed.start();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(kinds(await feedOf(bob))).toEqual([
      ["dm", 1, false],
      ["mention", 1, false],
    ]);
    expect(told(bob)).toHaveLength(2);
    await api.feed.stop();
    api.feed.listen();
  });

  it("are listed in pages, and read by id or up to a moment", async () => {
    const channel = await api.createChannel(ada, [bob]);
    for (const n of [1, 2, 3]) await api.post(ada, channel.id, `@${bob.username} ${n}`);
    await api.settle();
    const as = { token: bob.token };
    const first = await api.call(routes.listNotifications, { ...as, query: { limit: 2 } });
    const rest = await api.call(routes.listNotifications, {
      ...as,
      query: { limit: 2, cursor: first.nextCursor ?? "" },
    });
    expect([...first.notifications, ...rest.notifications].map(({ excerpt }) => excerpt.slice(-1))).toEqual([
      "3",
      "2",
      "1",
    ]);
    const [latest, middle] = first.notifications;
    expect(await api.call(routes.readNotifications, { ...as, body: { ids: [latest?.id ?? ""] } })).toEqual({
      unreadCount: 2,
    });
    expect(await api.call(routes.readNotifications, { ...as, body: { upTo: middle?.at ?? "" } })).toEqual({
      unreadCount: 0,
    });
  });
});

describe("quiet hours", () => {
  const settings = (from: string, to: string) => ({ doNotDisturb: { isOn: true, from, to }, pausedUntil: null });
  it.each([
    ["22:00", "07:00", "2026-01-05T22:30:00.000Z", "UTC", true],
    ["22:00", "07:00", "2026-01-05T06:59:00.000Z", "UTC", true],
    ["22:00", "07:00", "2026-01-05T07:00:00.000Z", "UTC", false],
    ["22:00", "07:00", "2026-01-05T21:30:00.000Z", "Europe/Berlin", true],
    ["12:00", "13:00", "2026-01-05T12:30:00.000Z", "UTC", true],
    ["12:00", "13:00", "2026-01-05T13:30:00.000Z", "UTC", false],
    ["12:00", "12:00", "2026-01-05T12:00:00.000Z", "UTC", false],
  ])("from %s to %s at %s in %s: %s", (from, to, moment, zone, expected) => {
    expect(isQuiet(settings(from, to), zone, new Date(moment))).toBe(expected);
  });

  it("a pause holds whatever the hour, and passes", () => {
    const paused = { doNotDisturb: { isOn: false, from: "22:00", to: "07:00" }, pausedUntil: new Date(1000) };
    expect([isQuiet(paused, "UTC", new Date(999)), isQuiet(paused, "UTC", new Date(1000))]).toEqual([true, false]);
  });

  it.each([
    ["mention", false, "all", "all", true],
    ["mention", true, "all", "all", false],
    ["mention", false, "nothing", "all", false],
    ["mention", false, "mentions", "nothing", false],
    ["reaction", false, "all", "all", false],
    ["reminder", true, "nothing", "nothing", true],
  ] as const)("%s, muted %s, level %s, preference %s: calls %s", (kind, muted, level, preference, expected) => {
    expect(isCalling({ kind, muted, level, preference })).toBe(expected);
  });
});

it.each([
  ["the art of it", "art", true],
  ["start", "art", false],
  ["art.", "art", true],
  ["c++, please", "c++", true],
  ["日本語です", "日本", true],
  ["v2日本", "v2", true],
  ["the release party, at last", "release party", true],
  ["prerelease party", "release party", false],
  ["", "art", false],
])("in %j the word %j stands by itself: %s", (text, word, expected) => {
  expect(wordsIn(text)(word)).toBe(expected);
});

it("looks for many words in a long text in no time", () => {
  const words = Array.from({ length: 49 }, (_, i) => "a".repeat(i + 2));
  const odd = Array.from({ length: 49 }, (_, i) => `${"a".repeat(i + 1)}+`);
  return expectQuick(500, () => {
    for (let i = 0; i < 30; i++)
      for (const text of ["a".repeat(5000), "b".repeat(10) + `${"a".repeat(60)}+b`.repeat(80)]) {
        const hasWord = wordsIn(text);
        expect([...words, ...odd].filter(hasWord)).toEqual([]);
      }
  });
});

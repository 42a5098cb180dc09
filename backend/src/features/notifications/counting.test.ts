import { routes, userTopic, type Notification } from "@connectbest/contract";
import mongoose, { Types } from "mongoose";
import { createLogger } from "../../http/request-log";
import { startTestApi, testConfig, type Account, type TestApi } from "../../testing/test-api";
import { MemberModel } from "../channels/members.model";
import { ScheduledMessageModel } from "../later/scheduled-messages.model";
import { scheduledWorker } from "../later/send-scheduled";
import { UserModel } from "../users/users.model";
import { NotificationModel } from "./notifications.model";

let api: TestApi;
let ada: Account;
let bob: Account;
let cem: Account;
beforeAll(async () => {
  api = await startTestApi();
  await api.signUp("Owner");
});
afterAll(() => api.close());
beforeEach(async () => {
  [ada, bob, cem] = [await api.signUp("Ada"), await api.signUp("Bob"), await api.signUp("Cem")];
  await api.settle();
});

async function listOf(person: Account) {
  await api.settle();
  return api.call(routes.listNotifications, { token: person.token });
}
const shown = (feed: Notification[]) =>
  feed.map(({ kind, count, isRead, excerpt }) => [kind, count, isRead, excerpt] as const);
const feedOf = async (person: Account) => shown((await listOf(person)).notifications);
const openWith = async (me: Account, other: Account) =>
  (await api.call(routes.openDirectMessage, { token: me.token, body: { userIds: [other.id] } })).channel;
const reply = async (author: Account, messageId: string, content: string) =>
  (await api.call(routes.postReply, { token: author.token, params: { id: messageId }, body: { content } })).message;
const remove = (author: Account, id: string) => api.call(routes.deleteMessage, { token: author.token, params: { id } });

describe("a notice of several messages", () => {
  it("stands for those that are left when the latest is deleted, and goes with the last", async () => {
    const dm = await openWith(ada, bob);
    const first = await api.post(ada, dm.id, "the server is down, call me");
    const slip = await api.post(ada, dm.id, "oops");
    expect(await feedOf(bob)).toEqual([["dm", 2, false, "oops"]]);
    await remove(ada, slip.id);
    expect(await feedOf(bob)).toEqual([["dm", 1, false, "the server is down, call me"]]);
    expect(api.realtime.to(userTopic(bob.id)).at(-1)).toMatchObject({
      type: "notification",
      notification: { count: 1, messageId: first.id },
      unreadCount: 1,
      isLoud: false,
    });
    await api.post(ada, dm.id, "hello?");
    expect(await feedOf(bob)).toEqual([["dm", 2, false, "hello?"]]);
  });

  it("counts one less when an earlier one is deleted", async () => {
    const dm = await openWith(ada, bob);
    const [one, two] = [await api.post(ada, dm.id, "one"), await api.post(ada, dm.id, "two")];
    expect(await feedOf(bob)).toEqual([["dm", 2, false, "two"]]);
    await remove(ada, one.id);
    expect(await feedOf(bob)).toEqual([["dm", 1, false, "two"]]);
    await remove(ada, two.id);
    expect(await listOf(bob)).toMatchObject({ notifications: [], unreadCount: 0 });
  });

  it("is the same in a thread", async () => {
    const channel = await api.createChannel(ada, [bob, cem]);
    const root = await api.post(ada, channel.id, "what do you think?");
    await reply(bob, root.id, "good");
    const called = await reply(cem, root.id, `not good, @${ada.username}`);
    const slip = await reply(cem, root.id, "oops");
    expect((await feedOf(ada))[0]).toEqual(["thread_reply", 2, false, "oops"]);
    await remove(cem, slip.id);
    await remove(cem, called.id);
    expect(await feedOf(ada)).toEqual([["thread_reply", 1, false, "good"]]);
  });

  it("does not come back with what was seen before it began", async () => {
    const dm = await openWith(ada, bob);
    await api.post(ada, dm.id, "seen in the list");
    await api.settle();
    await api.call(routes.readNotifications, { token: bob.token, body: {} });
    const slip = await api.post(ada, dm.id, "oops");
    expect(await feedOf(bob)).toEqual([["dm", 1, false, "oops"]]);
    await remove(ada, slip.id);
    expect(await feedOf(bob)).toEqual([]);
  });

  it("is right also when sending and deleting are worked off at once, and twice", async () => {
    const dm = await openWith(ada, bob);
    const ids: string[] = [];
    for (const text of ["one", "two", "three", "four"]) ids.push((await api.post(ada, dm.id, text)).id);
    for (const n of [1, 3]) await remove(ada, ids[n] ?? "");
    expect(await feedOf(bob)).toEqual([["dm", 2, false, "three"]]);
    const { ChannelCursorModel } = await import("../messages/channel-cursors.model");
    await ChannelCursorModel.updateOne({ _id: dm.id }, { $set: { rev: 0, since: 0 } });
    await api.post(ada, dm.id, "five");
    expect(await feedOf(bob)).toEqual([["dm", 3, false, "five"]]);
  });

  it("counts what has changed before it was told, and shows what was said last", async () => {
    const dm = await openWith(ada, bob);
    const [one] = [await api.post(ada, dm.id, "one"), await api.post(ada, dm.id, "two")];
    await api.call(routes.editMessage, { token: ada.token, params: { id: one.id }, body: { content: "one!" } });
    expect(await feedOf(bob)).toEqual([["dm", 2, false, "two"]]);
  });
});

describe("a notice stays unread", () => {
  it("to somebody whom a word calls into a thread that they do not follow", async () => {
    const channel = await api.createChannel(ada, [bob, cem]);
    await api.call(routes.updateNotificationSettings, { token: cem.token, body: { keywords: ["outage"] } });
    const root = await api.post(ada, channel.id, "how is it?");
    await reply(bob, root.id, "an outage, I fear");
    expect(await feedOf(cem)).toEqual([["keyword", 1, false, "an outage, I fear"]]);
    const row = await NotificationModel.findOne({ userId: cem.id }).lean();
    expect([row?.pushAt, row?.mailAt]).toEqual([expect.any(Date), expect.any(Date)]);
  });

  it("to somebody whose message leaves while they are away, in a conversation and in a thread", async () => {
    const [dm, channel] = [await openWith(ada, bob), await api.createChannel(ada, [bob])];
    const root = await api.post(bob, channel.id, "what do you think?");
    await api.post(ada, dm.id, "are you there?");
    await reply(ada, root.id, "good");
    for (const place of [{ channelId: dm.id }, { channelId: channel.id, parentMessageId: root.id }]) {
      const body = { ...place, content: "written yesterday", sendAt: new Date(Date.now() + 60_000).toISOString() };
      await api.call(routes.scheduleMessage, { token: bob.token, body });
    }
    await ScheduledMessageModel.updateMany({}, { $set: { dueAt: new Date(Date.now() - 1) } });
    await scheduledWorker(testConfig, createLogger("silent")).run();
    expect(await ScheduledMessageModel.countDocuments()).toBe(0);
    expect(await feedOf(bob)).toEqual([
      ["thread_reply", 1, false, "good"],
      ["dm", 1, false, "are you there?"],
    ]);
  });
});

describe("the number of unread notices", () => {
  it.each([
    ["leaves", (id: string) => api.call(routes.leaveChannel, { token: bob.token, params: { id } })],
    ["is removed", (id: string) => api.call(routes.removeMember, { token: ada.token, params: { id, userId: bob.id } })],
  ])("is without those of a channel once its reader %s, at once and for good", async (_, happen) => {
    const [left, kept] = [await api.createChannel(ada, [bob]), await api.createChannel(ada, [bob])];
    for (const { id } of [left, left, kept]) await api.post(ada, id, `@${bob.username}: look`);
    expect((await listOf(bob)).unreadCount).toBe(3);
    await happen(left.id);
    const unsettled = await api.call(routes.listNotifications, { token: bob.token });
    expect([unsettled.unreadCount, unsettled.notifications.length]).toEqual([1, 1]);
    await api.settle();
    expect(await NotificationModel.countDocuments({ userId: bob.id, channelId: left.id })).toBe(0);
    const told = api.realtime.to(userTopic(bob.id)).filter(({ type }) => type === "notifications.read");
    expect(told.at(-1)).toMatchObject({ unreadCount: 1 });
  });

  it("does not come back with a reader who was back before the feed had looked", async () => {
    const channel = await api.createChannel(ada, [bob]);
    await api.post(ada, channel.id, `@${bob.username}: look`);
    expect((await listOf(bob)).unreadCount).toBe(1);
    const params = { id: channel.id };
    await api.call(routes.leaveChannel, { token: bob.token, params });
    await api.call(routes.joinChannel, { token: bob.token, params });
    await api.post(ada, channel.id, `@${bob.username}: there you are`);
    expect(await feedOf(bob)).toEqual([["mention", 1, false, `@${bob.username}: there you are`]]);
    expect((await api.channelOf(bob, channel.id)).membership?.mentionCount).toBe(1);
    const counts = api.realtime.to(userTopic(bob.id)).flatMap((e) => ("unreadCount" in e ? [e.unreadCount] : []));
    expect(counts.at(-1)).toBe(1);
  });
});

describe("telling everybody", () => {
  /** Lets so many people be in a channel as if each had come. */
  async function fill(channelId: string, many: number): Promise<void> {
    const [user, member] = [await UserModel.findById(ada.id).lean(), await MemberModel.findOne({ channelId }).lean()];
    const ids = Array.from({ length: many }, () => new Types.ObjectId());
    await UserModel.collection.insertMany(
      ids.map((_id) => ({ ...user, _id, email: `${String(_id)}@example.com`, username: String(_id) }) as never),
    );
    await MemberModel.collection.insertMany(
      ids.map((userId) => ({ ...member, _id: new Types.ObjectId(), userId, role: "member" }) as never),
    );
  }
  /** How often the database is asked while what follows from it is done. */
  async function asked(channelId: string, content: string): Promise<number> {
    await api.settle();
    await api.post(ada, channelId, content);
    let calls = 0;
    mongoose.set("debug", () => void calls++);
    await api.settle();
    mongoose.set("debug", false);
    return calls;
  }

  it("asks the database as often for many as for few, and tells each once", async () => {
    const [small, large] = [await api.createChannel(ada, [bob, cem]), await api.createChannel(ada, [bob, cem])];
    await fill(large.id, 200);
    expect(await asked(large.id, "@channel: lunch")).toBe(await asked(small.id, "@channel: lunch"));
    expect(await NotificationModel.countDocuments({ channelId: large.id, kind: "mention", isRead: false })).toBe(202);
    expect(await feedOf(bob)).toHaveLength(2);
  });
});

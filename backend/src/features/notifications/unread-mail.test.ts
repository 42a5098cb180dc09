import { routes, type NotificationSettings } from "@connectbest/contract";
import mongoose, { Types } from "mongoose";
import request from "supertest";
import { seal } from "../../crypto/sealed-box";
import { createLogger } from "../../http/request-log";
import type { Letter } from "../../mail/letter";
import { startTestApi, testConfig, type Account, type TestApi } from "../../testing/test-api";
import { unreadMailWorker } from "./mail-unread";
import { NotificationModel } from "./notifications.model";
import { UnreadMailModel } from "./unread-mails.model";
import { unsubscribeToken } from "./unsubscribe";

let api: TestApi;
let owner: Account;
let ada: Account;
let bob: Account;
beforeAll(async () => {
  api = await startTestApi();
  owner = await api.signUp("Owner");
});
afterAll(() => api.close());
beforeEach(async () => {
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
});

const worker = () => unreadMailWorker(createLogger("silent"));
const isUnread = ({ headers }: Letter) => headers?.["List-Unsubscribe"] !== undefined;
const unreadMails = (person: Account) => api.mail.to(person.email).filter(isUnread);

/** As if the minutes had passed after which it is mailed. */
async function hurry(): Promise<void> {
  await api.settle();
  await NotificationModel.updateMany({ mailAt: { $ne: null } }, { $set: { mailAt: new Date(1) } });
}
async function mailAll(): Promise<void> {
  await hurry();
  await Promise.all([worker().run(), worker().run(), worker().run()]);
  await api.outbox.run();
}
/** As if an hour had passed since the last one. */
const forgetLast = () => UnreadMailModel.deleteMany({});
const mention = (channelId: string, text: string) => api.post(ada, channelId, `@${bob.username}: ${text}`);
const openWith = async (me: Account, other: Account) =>
  (await api.call(routes.openDirectMessage, { token: me.token, body: { userIds: [other.id] } })).channel;
const setMail = (person: Account, mail: NotificationSettings["mail"]) =>
  api.call(routes.updateNotificationSettings, { token: person.token, body: { mail } });
const mailOf = async (person: Account) =>
  (await api.call(routes.notificationSettings, { token: person.token })).settings.mail;

describe("a mail about what stays unread", () => {
  it("is one for all of it, by conversation, with the way to each", async () => {
    const [one, two] = [await api.createChannel(ada, [bob]), await api.createChannel(ada, [bob])];
    const first = await mention(one.id, "first");
    const dm = await openWith(ada, bob);
    await api.post(ada, dm.id, "a word in private");
    const last = await mention(two.id, "second");
    const third = await mention(one.id, "third");
    await mailAll();
    const letters = unreadMails(bob);
    expect(letters).toHaveLength(1);
    const [{ subject, text, html } = { subject: "", text: "", html: "" }] = letters;
    expect(subject).toBe("4 unread notices");
    const inOrder = [`#${one.name}`, "first", "third", `#${two.name}`, "second", "Conversation with Ada", "private"];
    expect(inOrder.map((words) => text.indexOf(words))).toEqual(
      inOrder.map((words) => text.indexOf(words)).sort((a, b) => a - b),
    );
    for (const { id, channelId } of [first, last, third]) {
      expect(text).toContain(`https://chat.test/chat/${channelId}?message=${id}`);
      expect(html).toContain(`href="https://chat.test/chat/${channelId}?message=${id}"`);
    }
    await mailAll();
    await forgetLast();
    await mailAll();
    expect(unreadMails(bob)).toHaveLength(1);
    expect(unreadMails(ada)).toEqual([]);
  });

  it("of a single thing says what in its subject", async () => {
    const channel = await api.createChannel(ada, [bob]);
    await mention(channel.id, "look");
    await mailAll();
    expect(unreadMails(bob).map(({ subject }) => subject)).toEqual([`Ada mentioned you in #${channel.name}`]);
  });

  it("waits for its time, and takes along what is not due yet", async () => {
    const channel = await api.createChannel(ada, [bob]);
    await mention(channel.id, "first");
    await api.settle();
    await worker().run();
    await api.outbox.run();
    expect(unreadMails(bob)).toEqual([]);
    await hurry();
    await mention(channel.id, "second");
    await api.settle();
    await worker().run();
    await api.outbox.run();
    expect(unreadMails(bob).map(({ subject }) => subject)).toEqual(["2 unread notices"]);
  });

  it("comes at most once an hour, and then with everything since", async () => {
    const channel = await api.createChannel(ada, [bob]);
    await mention(channel.id, "first");
    await mailAll();
    for (const text of ["second", "third"]) {
      await mention(channel.id, text);
      await mailAll();
    }
    expect(unreadMails(bob)).toHaveLength(1);
    const [waiting] = await NotificationModel.find({ userId: bob.id, mailAt: { $ne: null } }).lean();
    const wait = (waiting?.mailAt?.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(59 * 60_000);
    expect(wait).toBeLessThanOrEqual(60 * 60_000);
    await forgetLast();
    await mailAll();
    const [, later] = unreadMails(bob);
    expect(later?.text).toContain("second");
    expect(later?.text).toContain("third");
    expect(later?.text).not.toContain("first");
  });

  it("comes again for a conversation that goes on after it was mailed", async () => {
    const dm = await openWith(ada, bob);
    await api.post(ada, dm.id, "one");
    await mailAll();
    await api.post(ada, dm.id, "two");
    await forgetLast();
    await mailAll();
    expect(unreadMails(bob).map(({ subject }) => subject)).toEqual([
      "Ada wrote to you",
      "2 new messages, the latest from Ada",
    ]);
  });

  it("does not leave when all of it was read, before or while it waited", async () => {
    const channel = await api.createChannel(ada, [bob]);
    const read = () => api.call(routes.readNotifications, { token: bob.token, body: {} });
    await mention(channel.id, "read at once");
    await hurry();
    await read();
    await mailAll();
    await mention(channel.id, "read while the mail waits");
    await hurry();
    await worker().run();
    expect(await mongoose.connection.collection("outgoingMail").countDocuments({ kind: "unread" })).toBe(1);
    await read();
    await api.outbox.run();
    expect(unreadMails(bob)).toEqual([]);
    expect(await mongoose.connection.collection("outgoingMail").countDocuments()).toBe(0);
  });

  it("waits with its words while SES is away, and loses none", async () => {
    const channel = await api.createChannel(ada, [bob]);
    await mention(channel.id, "first");
    await mention(channel.id, "second");
    api.mail.isDown = true;
    await mailAll();
    const [row] = await mongoose.connection.collection("outgoingMail").find({ kind: "unread" }).toArray();
    expect(JSON.stringify(row)).not.toMatch(/first|token/);
    const [notice] = (await api.call(routes.listNotifications, { token: bob.token })).notifications;
    await api.call(routes.readNotifications, { token: bob.token, body: { ids: [notice?.id ?? ""] } });
    api.mail.isDown = false;
    await mongoose.connection.collection("outgoingMail").updateMany({}, { $set: { dueAt: new Date(0) } });
    await api.outbox.run();
    expect(unreadMails(bob)).toHaveLength(1);
    expect(unreadMails(bob)[0]?.text).toContain("first");
    expect(unreadMails(bob)[0]?.text).not.toContain("second");
  });

  it("tells nothing of a channel that somebody has left", async () => {
    const [kept, left] = [await api.createChannel(ada, [bob]), await api.createChannel(ada, [bob], "private")];
    await mention(kept.id, "still here");
    await mention(left.id, "secret");
    await api.settle();
    await api.call(routes.leaveChannel, { token: bob.token, params: { id: left.id } });
    await mailAll();
    expect(unreadMails(bob)[0]?.text).toContain("still here");
    expect(`${unreadMails(bob)[0]?.text}${unreadMails(bob)[0]?.html}`).not.toContain("secret");
  });

  it.each([
    ["does not want any", () => setMail(bob, { isOn: false, afterMinutes: 15 })],
    [
      "is suspended",
      () => api.call(routes.suspendUser, { token: owner.token, params: { id: bob.id }, body: { reason: "of a test" } }),
    ],
    ["is deleted", () => api.call(routes.deleteUser, { token: owner.token, params: { id: bob.id } })],
  ])("is not for somebody who %s, also when that came while it waited", async (_, happen) => {
    const { email } = bob;
    const channel = await api.createChannel(ada, [bob]);
    await mention(channel.id, "in the outbox");
    await hurry();
    await worker().run();
    await forgetLast();
    await mention(channel.id, "not in it yet");
    await hurry();
    await happen();
    await worker().run();
    await api.outbox.run();
    expect(api.mail.to(email).filter(isUnread)).toEqual([]);
    expect(await NotificationModel.countDocuments({ userId: bob.id, mailAt: { $ne: null } })).toBe(0);
  });

  it("goes where they have their mail now", async () => {
    const channel = await api.createChannel(ada, [bob]);
    await mention(channel.id, "hello");
    await hurry();
    await worker().run();
    const email = `moved-${bob.email}`;
    await mongoose.connection.collection("users").updateOne({ email: bob.email }, { $set: { email } });
    await api.outbox.run();
    expect([unreadMails(bob), api.mail.to(email).length]).toEqual([[], 1]);
  });

  it("has twenty lines at most and says how many more there are", async () => {
    const channel = await api.createChannel(ada, [bob]);
    for (let i = 1; i <= 23; i++) await mention(channel.id, `line ${String(i).padStart(2, "0")}.`);
    await mailAll();
    const [letter] = unreadMails(bob);
    expect(letter?.text.match(/line \d\d\./g)).toHaveLength(20);
    expect(letter?.text).toContain("line 23.");
    expect(letter?.text).not.toContain("line 03.");
    expect(letter).toMatchObject({
      subject: "23 unread notices",
      text: expect.stringContaining("see 3 more") as string,
    });
  });

  it("holds nothing but words, whatever people wrote and called themselves", async () => {
    const evil = await api.signUp(`<img src=x onerror=alert(1)> "&' =?utf-8?q?x?=`);
    const dm = await openWith(evil, bob);
    await api.post(evil, dm.id, `</p><script>alert(1)</script>\r\nBcc: everybody@example.com\r\n"'&\u202egnp.exe`);
    await mailAll();
    const [letter] = unreadMails(bob);
    expect(letter?.html).not.toMatch(/<img|<script|onerror="/);
    expect(letter?.html).toContain("&#60;script&#62;");
    expect(letter?.subject).not.toMatch(/[\r\n]/);
    expect(letter?.text).not.toMatch(/^Bcc:/m);
    expect(letter?.text).not.toContain("\u202e");
    expect(letter?.text).toContain("</p><script>alert(1)</script> Bcc: everybody@example.com");
  });
});

describe("unsubscribing", () => {
  /** The two addresses of a mail: the page's, and the one that mail programs call. */
  async function mailed(): Promise<{ page: URL; oneClick: URL; letter: Letter }> {
    await mention((await api.createChannel(ada, [bob])).id, "hello");
    await mailAll();
    const letter = unreadMails(bob).at(-1);
    const page = /https:\/\/chat\.test\/unsubscribe#token=\S+/.exec(letter?.text ?? "")?.[0] ?? "";
    const [, oneClick = ""] = /^<(\S+)>$/.exec(letter?.headers?.["List-Unsubscribe"] ?? "") ?? [];
    return { page: new URL(page), oneClick: new URL(oneClick), letter: letter as Letter };
  }
  const tokenIn = (page: URL) => new URLSearchParams(page.hash.slice(1)).get("token") ?? "";

  it("works by the page's token, twice too, without signing in, and keeps the rest of the settings", async () => {
    await setMail(bob, { isOn: true, afterMinutes: 45 });
    const { page } = await mailed();
    for (let i = 0; i < 2; i++) await api.call(routes.unsubscribeMail, { body: { token: tokenIn(page) } });
    expect(await mailOf(bob)).toEqual({ isOn: false, afterMinutes: 45 });
    expect(await mailOf(ada)).toEqual({ isOn: true, afterMinutes: 15 });
    await mention((await api.createChannel(ada, [bob])).id, "nobody hears");
    await forgetLast();
    await mailAll();
    expect(unreadMails(bob)).toHaveLength(1);
  });

  it("works by one click in a mail program, as RFC 8058 has it", async () => {
    const { oneClick, letter } = await mailed();
    expect(letter.headers?.["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    expect(oneClick.origin).toBe("https://chat.test");
    const answer = await request(api.app)
      .post(oneClick.pathname + oneClick.search)
      .type("form")
      .send("List-Unsubscribe=One-Click");
    expect([answer.status, (await mailOf(bob)).isOn]).toEqual([204, false]);
  });

  it("happens to nobody who only looks: a GET leads to the page that asks", async () => {
    const { page, oneClick } = await mailed();
    const answer = await request(api.app).get(oneClick.pathname + oneClick.search);
    expect([answer.status, answer.headers["location"], answer.headers["cache-control"]]).toEqual([
      302,
      page.href,
      "no-store",
    ]);
    expect((await mailOf(bob)).isOn).toBe(true);
  });

  it("leads nowhere else, whatever the token", async () => {
    const answer = await request(api.app)
      .get("/api/notifications/unsubscribe")
      .query({ token: "//evil.example/\r\nset-cookie: x#" });
    expect(answer.headers["location"]).toMatch(/^https:\/\/chat\.test\/unsubscribe#token=[\w%.-]+$/);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  it("takes no other token: not none, not one of another purpose or key, not one that was changed", async () => {
    const id = new Types.ObjectId(bob.id);
    const good = unsubscribeToken(id, testConfig);
    const parts = good.split(".");
    const changed = (i: number, value: string) => parts.map((part, n) => (n === i ? value : part)).join(".");
    const wrong = [
      bob.id,
      "x",
      "...",
      changed(3, parts[3]?.slice(0, 6) ?? ""),
      changed(2, Buffer.from(ada.id).toString("base64url")),
      seal(bob.id, "webhook 1", testConfig),
      seal(bob.id, "unsubscribe from mail", { ENCRYPTION_KEY: "another key of the test, as long as that" }),
    ];
    for (const token of wrong) {
      const refused = await api.send(routes.unsubscribeMail, { body: { token } });
      expect([token, refused.status]).toEqual([token, 400]);
    }
    expect((await api.send(routes.unsubscribeMail)).body).toMatchObject({ details: [{ path: "body.token" }] });
    expect((await mailOf(bob)).isOn).toBe(true);
    for (const route of [routes.resetPassword, routes.verifyEmail])
      expect((await api.send(route, { body: { token: good, newPassword: "a whole new one" } as never })).status).toBe(
        400,
      );
    expect((await api.send(routes.me, { token: good })).status).toBe(401);
  });

  it("still works after a change of keys", async () => {
    const token = unsubscribeToken(new Types.ObjectId(bob.id), testConfig);
    const keys = {
      ENCRYPTION_KEY: "the next key of the test, long enough",
      ENCRYPTION_KEY_PREVIOUS: testConfig.ENCRYPTION_KEY,
    };
    await api.with(keys).call(routes.unsubscribeMail, { body: { token } });
    expect((await mailOf(bob)).isOn).toBe(false);
  });
});

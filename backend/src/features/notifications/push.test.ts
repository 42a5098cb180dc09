import { createPublicKey, verify } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { routes } from "@connectbest/contract";
import { createLogger } from "../../http/request-log";
import { GuardedFetch } from "../../outgoing/guarded-fetch";
import { PushBrowser, PushService } from "../../testing/push-service";
import { tokenWith } from "../../testing/scene";
import { startTestApi, testConfig, type Account, type TestApi } from "../../testing/test-api";
import { NotificationModel } from "./notifications.model";
import { pushWorker } from "./push";
import { vapidOf, type PushPayload, type Vapid } from "./push-message";
import { PushModel } from "./pushes.model";
import { PushSubscriptionModel } from "./push-subscriptions.model";

const vapid = vapidOf(testConfig) as Vapid;
const guarded = new GuardedFetch({ allowed: ["127.0.0.1/32"], timeout: 1000 });
const worker = (fetch = guarded) => pushWorker(vapid, fetch, createLogger("silent"));

let api: TestApi;
let service: PushService;
let ada: Account;
let bob: Account;
let channelId: string;
beforeAll(async () => {
  [api, service] = [await startTestApi(), await PushService.start()];
  await api.signUp("Owner");
});
afterAll(async () => {
  await service.stop();
  await api.close();
});
beforeEach(async () => {
  service.pushed.length = 0;
  service.answers.clear();
  for (const model of [NotificationModel, PushSubscriptionModel, PushModel]) await model.collection.deleteMany({});
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
  channelId = (await api.createChannel(ada, [bob], "private")).id;
});

let made = 0;
/** Subscribes as a browser does, and lets its push service be ours. */
async function subscribe(person: Account, token = person.token) {
  const browser = new PushBrowser();
  const path = `/send/${++made}`;
  const endpoint = `https://push.example.com${path}`;
  await api.call(routes.subscribePush, { token, body: { endpoint, keys: browser.keys } });
  await PushSubscriptionModel.updateOne({ endpoint }, { $set: { endpoint: service.url + path } });
  return { path, endpoint, browser };
}
type Browser = Awaited<ReturnType<typeof subscribe>>;

const heardBy = ({ path, browser }: Browser) =>
  service.pushed.filter((pushed) => pushed.path === path).map(({ body }) => browser.read(body) as PushPayload);
const paths = () => service.pushed.map(({ path }) => path).sort();

/** As if the seconds had passed after which a notice is pushed, or a push tried again. */
async function hurry(): Promise<void> {
  await NotificationModel.updateMany({ pushAt: { $ne: null } }, { $set: { pushAt: new Date(1) } });
  await PushModel.updateMany({ dueAt: { $ne: null } }, { $set: { dueAt: new Date(1) } });
}
async function pushAll(): Promise<void> {
  await api.settle();
  await hurry();
  await Promise.all([worker().run(), worker().run(), worker().run()]);
}
const mention = (text = "the build is red") => api.post(ada, channelId, `@${bob.username}: ${text}`);
const left = () => PushModel.find({ dueAt: { $ne: null } }).lean();

describe("a push message", () => {
  it("tells each browser once what a service worker needs, and only that browser can read it", async () => {
    const [phone, laptop] = [await subscribe(bob), await subscribe(bob)];
    const message = await mention();
    await pushAll();
    expect(paths()).toEqual([phone.path, laptop.path].sort());
    const [notice] = (await api.call(routes.listNotifications, { token: bob.token })).notifications;
    const { channel } = await api.call(routes.getChannel, { token: bob.token, params: { id: channelId } });
    for (const device of [phone, laptop])
      expect(heardBy(device)).toEqual([
        {
          id: notice?.id,
          kind: "mention",
          title: `Ada mentioned you in #${channel.name}`,
          body: `@${bob.username}: the build is red`,
          tag: `message:${message.id}`,
          url: `/chat/${channelId}?message=${message.id}`,
          count: 1,
          unreadCount: 1,
          at: message.createdAt,
        },
      ]);
    expect(service.pushed[0]?.body.includes("build")).toBe(false);
    expect(() => new PushBrowser().read(service.pushed[0]?.body ?? Buffer.alloc(100))).toThrow();
    await pushAll();
    expect(service.pushed).toHaveLength(2);
  });

  it("is signed for its push service, urgent where somebody is called, and stands for one thing", async () => {
    await subscribe(bob);
    await mention();
    await pushAll();
    const headers: IncomingHttpHeaders = service.pushed[0]?.headers ?? {};
    expect(headers).toMatchObject({ ttl: "86400", urgency: "high", "content-encoding": "aes128gcm" });
    expect(headers["topic"]).toMatch(/^[\w-]{32}$/);
    const [, token = "", key = ""] = /^vapid t=(\S+), k=(\S+)$/.exec(headers.authorization ?? "") ?? [];
    expect(key).toBe(testConfig.VAPID_PUBLIC_KEY);
    const [head = "", claims = "", signature = ""] = token.split(".");
    const point = Buffer.from(key, "base64url");
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
    const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
    const signed = Buffer.from(`${head}.${claims}`);
    const how = { key: publicKey, dsaEncoding: "ieee-p1363" as const };
    expect(verify("sha256", signed, how, Buffer.from(signature, "base64url"))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      aud: service.url,
      sub: "mailto:operator@chat.test",
    });
  });

  it("of a conversation takes the place of the one before", async () => {
    const device = await subscribe(bob);
    const { channel } = await api.call(routes.openDirectMessage, { token: ada.token, body: { userIds: [bob.id] } });
    await api.post(ada, channel.id, "one");
    await pushAll();
    for (const text of ["two", "three"]) await api.post(ada, channel.id, text);
    await pushAll();
    expect(heardBy(device).map(({ title, body, tag, count }) => [title, body, tag, count])).toEqual([
      ["Ada wrote to you", "one", `dm:${channel.id}`, 1],
      ["3 new messages, the latest from Ada", "three", `dm:${channel.id}`, 3],
    ]);
    expect(new Set(service.pushed.map(({ headers }) => headers["topic"])).size).toBe(1);
  });

  it("is not put off by what is said meanwhile, and tells of that too", async () => {
    const device = await subscribe(bob);
    const { channel } = await api.call(routes.openDirectMessage, { token: ada.token, body: { userIds: [bob.id] } });
    const dueAt = async () => {
      await api.settle();
      return (await NotificationModel.findOne({ userId: bob.id }).lean())?.pushAt?.getTime();
    };
    await api.post(ada, channel.id, "one");
    const first = await dueAt();
    expect(first).toBeGreaterThan(Date.now());
    await api.post(ada, channel.id, "two");
    expect(await dueAt()).toBe(first);
    service.answers.set(device.path, 503);
    await pushAll();
    service.answers.clear();
    await api.post(ada, channel.id, "three");
    await api.settle();
    await PushModel.updateMany({ dueAt: { $ne: null } }, { $set: { dueAt: new Date(1) } });
    await worker().run();
    expect(heardBy(device).map(({ body }) => body)).toEqual(["two", "three"]);
  });

  it("of something that grows just as it is put into the line comes as it is then", async () => {
    const device = await subscribe(bob);
    const { channel } = await api.call(routes.openDirectMessage, { token: ada.token, body: { userIds: [bob.id] } });
    await api.post(ada, channel.id, "one");
    await api.settle();
    await hurry();
    const write = PushModel.updateOne.bind(PushModel) as (...args: unknown[]) => Promise<unknown>;
    const growing = jest.spyOn(PushModel, "updateOne").mockImplementationOnce((async (...args: unknown[]) => {
      growing.mockRestore();
      await api.post(ada, channel.id, "two");
      await api.settle();
      return write(...args);
    }) as never);
    await worker().run();
    await pushAll();
    expect(heardBy(device).at(-1)).toMatchObject({ body: "two", count: 2 });
  });

  it.each([
    ["has read it", (id: string) => api.call(routes.readNotifications, { token: bob.token, body: { ids: [id] } })],
    ["has left", () => api.call(routes.leaveChannel, { token: bob.token, params: { id: channelId } })],
    ["signed out", () => api.call(routes.logout, { token: bob.token })],
    [
      "will not be disturbed",
      () =>
        api.call(routes.updateNotificationSettings, {
          token: bob.token,
          body: { pausedUntil: new Date(Date.now() + 60_000).toISOString() },
        }),
    ],
  ])("does not come once its reader %s, nor is it tried again", async (_, happen) => {
    const device = await subscribe(bob);
    await mention("first");
    await api.settle();
    const [{ id } = { id: "" }] = (await api.call(routes.listNotifications, { token: bob.token })).notifications;
    service.answers.set(device.path, 503);
    await pushAll();
    expect([heardBy(device).length, (await left()).length]).toEqual([1, 1]);
    await happen(id);
    await pushAll();
    expect([heardBy(device).length, (await left()).length]).toEqual([1, 0]);
  });

  it("is not sent when what it tells of was read before it was due", async () => {
    const device = await subscribe(bob);
    const { seq } = await mention();
    await api.settle();
    await api.call(routes.markRead, { token: bob.token, params: { id: channelId }, body: { seq } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await pushAll();
    expect(heardBy(device)).toEqual([]);
  });

  it("is no news after an hour: nobody's devices ring for what a standstill held back", async () => {
    const device = await subscribe(bob);
    await mention();
    await api.settle();
    await NotificationModel.updateMany({}, { $set: { at: new Date(Date.now() - 2 * 3600_000) } });
    await pushAll();
    expect([heardBy(device), await left()]).toEqual([[], []]);
  });

  it("is put into the line once, also by a process that died before it could say so", async () => {
    const device = await subscribe(bob);
    await mention();
    await pushAll();
    await NotificationModel.updateMany({}, { $set: { pushAt: new Date(1) } });
    await pushAll();
    expect(heardBy(device)).toHaveLength(1);
  });

  it("does not come where a channel is muted", async () => {
    const device = await subscribe(bob);
    const body = { muted: true };
    await api.call(routes.setChannelNotifications, { token: bob.token, params: { id: channelId }, body });
    await mention();
    await pushAll();
    expect(heardBy(device)).toEqual([]);
  });
});

describe("a push service", () => {
  it.each([429, 500, 503])("that answers %i is asked again later, a few times", async (status) => {
    const [busy, other] = [await subscribe(bob), await subscribe(bob)];
    service.answers.set(busy.path, status);
    await mention();
    await pushAll();
    expect([heardBy(busy).length, heardBy(other).length]).toEqual([1, 1]);
    const [waiting] = await left();
    expect((waiting?.dueAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(3000);
    for (let i = 0; i < 6; i++) await pushAll();
    expect([heardBy(busy).length, heardBy(other).length]).toEqual([5, 1]);
    expect(await left()).toEqual([]);
    service.answers.clear();
    await mention("again");
    await pushAll();
    expect(heardBy(busy)).toHaveLength(6);
  });

  it.each([404, 410])("that answers %i knows the browser no more, and nor do we", async (status) => {
    const [gone, other] = [await subscribe(bob), await subscribe(bob)];
    service.answers.set(gone.path, status);
    for (const text of ["one", "two"]) {
      await mention(text);
      await pushAll();
    }
    expect([heardBy(gone).length, heardBy(other).length]).toEqual([1, 2]);
    expect(await PushSubscriptionModel.countDocuments()).toBe(1);
  });

  it.each([302, 400, 413])("that answers %i is not asked again, nor followed", async (status) => {
    const device = await subscribe(bob);
    service.answers.set(device.path, status);
    await mention();
    await pushAll();
    await pushAll();
    expect([heardBy(device).length, await left()]).toEqual([1, []]);
  });

  it("that is not on the public internet is not called, and forgotten", async () => {
    await subscribe(bob);
    await mention();
    await api.settle();
    await hurry();
    await worker(new GuardedFetch()).run();
    expect([service.pushed, await PushSubscriptionModel.countDocuments()]).toEqual([[], 0]);
  });
});

describe("a push subscription", () => {
  const send = (person: Account, endpoint: string, keys = new PushBrowser().keys) =>
    api.send(routes.subscribePush, { token: person.token, body: { endpoint, keys } });
  const address = (n: number | string) => `https://push.example.com/of/${bob.id}/${n}`;

  it("is made with the key that is told, and not without one", async () => {
    expect(await api.call(routes.pushKey, { token: bob.token })).toEqual({ publicKey: testConfig.VAPID_PUBLIC_KEY });
    const off = api.with({ VAPID_PUBLIC_KEY: undefined, VAPID_PRIVATE_KEY: undefined });
    expect(await off.call(routes.pushKey, { token: bob.token })).toEqual({ publicKey: null });
    const body = { endpoint: address(1), keys: new PushBrowser().keys };
    expect((await off.send(routes.subscribePush, { token: bob.token, body })).status).toBe(409);
    const { expiresAt } = await api.call(routes.subscribePush, { token: bob.token, body });
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 6 * 24 * 3600_000);
  });

  it("belongs to whoever subscribed last", async () => {
    const device = await subscribe(bob);
    await api.call(routes.subscribePush, {
      token: ada.token,
      body: { endpoint: device.endpoint, keys: device.browser.keys },
    });
    await PushSubscriptionModel.updateOne(
      { endpoint: device.endpoint },
      { $set: { endpoint: service.url + device.path } },
    );
    await mention();
    await pushAll();
    expect(heardBy(device)).toEqual([]);
    await api.post(bob, channelId, `@${ada.username}`);
    await pushAll();
    expect(heardBy(device)).toHaveLength(1);
  });

  it("ends when it is taken away, and by nobody else", async () => {
    const device = await subscribe(bob);
    const body = { endpoint: device.endpoint };
    await api.call(routes.unsubscribePush, { token: ada.token, body });
    await mention("one");
    await pushAll();
    expect(heardBy(device)).toHaveLength(1);
    await api.call(routes.unsubscribePush, { token: bob.token, body });
    await api.call(routes.unsubscribePush, { token: bob.token, body });
    await mention("two");
    await pushAll();
    expect(heardBy(device)).toHaveLength(1);
  });

  it("ends with its session, and only with its own", async () => {
    const login = () => api.call(routes.login, { body: { email: bob.email, password: bob.password } });
    const [lost, mine] = [await login(), await login()];
    const [phone, laptop] = [await subscribe(bob, lost.token), await subscribe(bob, mine.token)];
    await api.call(routes.revokeOtherSessions, { token: mine.token });
    await mention();
    await pushAll();
    expect([heardBy(phone).length, heardBy(laptop).length]).toEqual([0, 1]);
    expect(await PushSubscriptionModel.countDocuments()).toBe(1);
  });

  it("is not for programs", async () => {
    const token = await tokenWith(api, bob, "write");
    const body = { endpoint: address(1), keys: new PushBrowser().keys };
    expect((await api.send(routes.subscribePush, { token, body })).status).toBe(403);
    expect((await api.send(routes.unsubscribePush, { token, body: { endpoint: body.endpoint } })).status).toBe(403);
  });

  it("of one person is one of at most twenty, also of many at once; those of ended sessions do not count", async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => send(bob, address(i))));
    expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(20);
    for (let i = 0; i < 30; i++) await send(bob, address(i));
    expect(await PushSubscriptionModel.countDocuments()).toBe(20);
    const [{ endpoint } = { endpoint: "" }] = await PushSubscriptionModel.find().lean();
    expect((await send(bob, endpoint)).status).toBe(201);
    expect((await send(bob, address("another"))).body).toMatchObject({ code: "conflict" });
    const { token } = await api.call(routes.login, { body: { email: bob.email, password: bob.password } });
    await api.call(routes.revokeOtherSessions, { token });
    expect((await send({ ...bob, token }, address("another"))).status).toBe(201);
    expect(await PushSubscriptionModel.countDocuments()).toBe(1);
  });

  it.each([
    "http://push.example.com/send/1",
    "https://127.0.0.1/send/1",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://10.1.2.3:8443/",
    "https://user:password@push.example.com/",
    "file:///etc/passwd",
    "not an address",
  ])("does not lead to %s", async (endpoint) => {
    const refused = await send(bob, endpoint);
    expect([refused.status, refused.body]).toEqual([400, expect.objectContaining({ code: "invalid_request" })]);
    expect(await PushSubscriptionModel.countDocuments()).toBe(0);
  });

  it("has an address of at most 2,000 characters", async () => {
    expect((await send(bob, address("x".repeat(2000)))).status).toBe(400);
  });

  it("has keys that something can be encrypted for", async () => {
    const { keys } = new PushBrowser();
    const noPoint = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString("base64url");
    for (const wrong of [
      { ...keys, p256dh: noPoint },
      { ...keys, p256dh: "short" },
      { ...keys, auth: "short" },
    ])
      expect((await send(bob, address(1), wrong)).status).toBe(400);
  });
});

import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createHmac } from "node:crypto";
import { routes } from "@connectbest/contract";
import { createLogger } from "../../http/request-log";
import { GuardedFetch } from "../../outgoing/guarded-fetch";
import { startTestApi, testConfig, type Account, type TestApi } from "../../testing/test-api";
import { ChannelCursorModel } from "../messages/channel-cursors.model";
import { DeliveryModel } from "./deliveries.model";
import { deliveryWorker } from "./deliver";
import { OutgoingWebhookModel } from "./outgoing-webhooks.model";

const allowed = ["127.0.0.1/32"];
let api: TestApi;
let ada: Account;
let bob: Account;
let channelId: string;
let server: Server;
let url: string;
let heard: { headers: IncomingHttpHeaders; body: string }[];
let status: number;
beforeAll(async () => {
  api = await startTestApi({ OUTGOING_ALLOWED_NETWORKS: allowed });
  await api.signUp("Owner");
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { location: "http://127.0.0.1:1/elsewhere" }).end("thanks");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await api.close();
});
beforeEach(async () => {
  heard = [];
  status = 200;
  await OutgoingWebhookModel.deleteMany({});
  await DeliveryModel.deleteMany({});
  channelId = (await api.createChannel(ada, [bob])).id;
});

const guarded = new GuardedFetch({ allowed, timeout: 1000 });
const worker = () => deliveryWorker(testConfig, guarded, createLogger("silent"));
async function deliverAll(): Promise<void> {
  await api.settle();
  await Promise.all([worker().run(), worker().run()]);
}
const as = () => ({ token: ada.token, params: { id: channelId } });

describe("an incoming webhook", () => {
  const create = async (name = "builds") => api.call(routes.createIncomingWebhook, { ...as(), body: { name } });
  const post = (address: string, body: object) =>
    api.send(routes.postByWebhook, {
      params: { secret: address.split("/").at(-1) ?? "" },
      body: body as { text: string },
    });

  it("writes under its name, as a program, and is unread to everybody", async () => {
    const { url: address, webhook } = await create();
    expect(address).toMatch(/^https:\/\/chat\.test\/api\/hooks\/[\w-]{43}$/);
    expect((await post(address, { text: `green, @${bob.username}` })).status).toBe(201);
    const { messages } = await api.call(routes.listMessages, as());
    expect(messages).toEqual([
      expect.objectContaining({
        content: `green, @${bob.username}`,
        userId: webhook.id,
        user: { id: webhook.id, name: "builds", avatarUrl: null, isBot: true },
        mentions: [bob.id],
      }),
    ]);
    for (const who of [ada, bob]) expect((await api.channelOf(who, channelId)).membership?.unreadCount).toBe(1);
    expect((await api.call(routes.listIncomingWebhooks, as())).webhooks[0]?.lastUsedAt).not.toBeNull();
    expect(api.realtime.to(channelId).at(-1)).toMatchObject({ type: "message.created" });
  });

  it("may repeat what it says under one key", async () => {
    const { url: address } = await create();
    const body = { content: "once", clientMessageId: "0b0cbb2f-2a6b-4d2e-8d1a-000000000001" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(address, body)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 200, 201]);
    expect((await post(address, { ...body, content: "other" })).status).toBe(409);
  });

  it("is shown once, stored as a hash, and gone when it is taken away", async () => {
    const { url: address, webhook } = await create();
    expect(JSON.stringify(await api.call(routes.listIncomingWebhooks, as()))).not.toContain(address.slice(-43));
    await api.call(routes.removeIncomingWebhook, { token: ada.token, params: { id: webhook.id } });
    expect((await post(address, { text: "still there?" })).status).toBe(404);
    expect((await post("nonsense", { text: "?" })).status).toBe(404);
  });

  it("says nothing empty, too long, or into an archived channel; and not without end", async () => {
    const { url: address } = await create();
    expect((await post(address, { text: " " })).status).toBe(400);
    expect((await post(address, { text: "x".repeat(5001) })).status).toBe(400);
    const slow = api.with({ MESSAGES_PER_MINUTE: 2 });
    const params = { secret: address.split("/").at(-1) ?? "" };
    const statuses = [];
    for (let i = 0; i < 3; i++)
      statuses.push((await slow.send(routes.postByWebhook, { params, body: { text: "x" } })).status);
    expect(statuses).toEqual([201, 201, 429]);
    await api.call(routes.archiveChannel, as());
    expect((await post(address, { text: "x" })).status).toBe(403);
  });

  it("is for the channel's administrators", async () => {
    const response = await api.send(routes.createIncomingWebhook, {
      ...as(),
      token: bob.token,
      body: { name: "mine" },
    });
    expect(response.status).toBe(403);
  });
});

describe("an outgoing webhook", () => {
  const create = async (more: object = {}) =>
    api.call(routes.createOutgoingWebhook, { ...as(), body: { name: "archive", url, ...more } });
  const find = async () => (await api.call(routes.listOutgoingWebhooks, as())).webhooks[0];
  const log = async (id: string) =>
    (await api.call(routes.listDeliveries, { token: ada.token, params: { id } })).deliveries;
  const makeDue = () => DeliveryModel.updateMany({ status: "waiting" }, { $set: { dueAt: new Date(0) } });

  it("is told of what is said from now on, once, signed so that it can be checked", async () => {
    await api.post(ada, channelId, "before");
    const { secret, webhook } = await create();
    const message = await api.post(bob, channelId, "after");
    await deliverAll();
    expect(heard).toHaveLength(1);
    const [{ headers, body } = { headers: {} as IncomingHttpHeaders, body: "" }] = heard;
    expect(JSON.parse(body)).toMatchObject({
      type: "message.created",
      data: { channelId, message: { id: message.id } },
    });
    const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
    expect(Math.abs(Number(headers["webhook-timestamp"]) - Date.now() / 1000)).toBeLessThan(10);
    expect(await log(webhook.id)).toEqual([
      expect.objectContaining({ status: "delivered", attempts: 1, responseStatus: 200, messageId: message.id }),
    ]);
    expect(JSON.stringify(await OutgoingWebhookModel.find().lean())).not.toContain(secret.slice(6));
  });

  it("hears of edits and deletions if it asked, and never of programs", async () => {
    await create({ events: ["message.updated", "message.deleted"] });
    const { id } = await api.post(bob, channelId, "one");
    await deliverAll();
    await api.call(routes.editMessage, { token: bob.token, params: { id }, body: { content: "two" } });
    await deliverAll();
    await api.call(routes.deleteMessage, { token: bob.token, params: { id } });
    const { url: address } = await api.call(routes.createIncomingWebhook, { ...as(), body: { name: "bot" } });
    await api.send(routes.postByWebhook, {
      params: { secret: address.split("/").at(-1) ?? "" },
      body: { text: "beep" },
    });
    await deliverAll();
    expect(heard.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      "message.updated",
      "message.deleted",
    ]);
  });

  it("that fails is told again later, under the same id, and may be told by hand", async () => {
    const { webhook } = await create();
    await api.post(bob, channelId, "hello?");
    status = 503;
    await deliverAll();
    const [waiting] = await log(webhook.id);
    expect(waiting).toMatchObject({ status: "waiting", attempts: 1, error: "The program answered 503." });
    expect(Date.parse(waiting?.nextAttemptAt ?? "") - Date.now()).toBeGreaterThan(3000);
    expect((await find())?.failingSince).not.toBeNull();
    status = 200;
    await makeDue();
    await worker().run();
    expect(await log(webhook.id)).toEqual([expect.objectContaining({ status: "delivered", attempts: 2, error: null })]);
    expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect((await find())?.failingSince).toBeNull();
    await api.call(routes.redeliver, { token: ada.token, params: { id: waiting?.id ?? "" } });
    await worker().run();
    expect(heard).toHaveLength(3);
  });

  it("is switched off after a day without an answer, and says why", async () => {
    const { webhook } = await create();
    await api.post(bob, channelId, "hello?");
    status = 302;
    await deliverAll();
    const dayAgo = new Date(Date.now() - 24 * 3600 * 1000);
    await OutgoingWebhookModel.updateOne({ _id: webhook.id }, { $set: { failingSince: dayAgo } });
    await makeDue();
    await worker().run();
    expect(await find()).toMatchObject({
      isEnabled: false,
      disabledReason: "Switched off: nothing has arrived for a day. The last time: The program answered 302.",
    });
    await api.post(bob, channelId, "unheard");
    await deliverAll();
    expect(heard).toHaveLength(2);
    const body = { isEnabled: true };
    await api.call(routes.changeOutgoingWebhook, { token: ada.token, params: { id: webhook.id }, body });
    status = 200;
    await api.post(bob, channelId, "heard again");
    await deliverAll();
    expect(heard.map(({ body }) => body.includes("unheard")).includes(true)).toBe(false);
    expect(heard.at(-1)?.body).toContain("heard again");
  });

  it("that was quiet after a failure is not switched off by its next one", async () => {
    const { webhook } = await create();
    await api.post(bob, channelId, "unheard");
    status = 503;
    await deliverAll();
    await DeliveryModel.deleteMany({});
    const weekAgo = new Date(Date.now() - 7 * 24 * 3600 * 1000);
    await OutgoingWebhookModel.updateOne({ _id: webhook.id }, { failingSince: weekAgo, lastFailureAt: weekAgo });
    await api.post(bob, channelId, "a hiccup");
    await deliverAll();
    expect((await log(webhook.id))[0]).toMatchObject({ status: "waiting", attempts: 1 });
    const { isEnabled, failingSince } = (await find()) ?? {};
    expect(isEnabled).toBe(true);
    expect(Date.now() - Date.parse(failingSince ?? "")).toBeLessThan(60_000);
  });

  it("whose secret no key opens says so, and holds up nobody else's", async () => {
    const { webhook } = await create();
    const other = await create({ name: "other" });
    const { sealedSecret } = (await OutgoingWebhookModel.findById(webhook.id).lean()) ?? {};
    await OutgoingWebhookModel.updateOne({ _id: webhook.id }, { sealedSecret: `lost${sealedSecret}` });
    for (const text of ["one", "two", "three", "four", "five"]) await api.post(bob, channelId, text);
    await deliverAll();
    expect((await log(webhook.id)).map(({ status, attempts, error }) => [status, attempts, error])).toEqual(
      Array(5).fill([
        "failed",
        1,
        "The signing secret cannot be read with the keys of this server. Make the webhook anew.",
      ]),
    );
    expect((await log(other.webhook.id)).map(({ status }) => status)).toEqual(Array(5).fill("delivered"));
  });

  it("moves its secret to the new key with its next use", async () => {
    const { secret, webhook } = await create();
    const keys = { ENCRYPTION_KEY: "the next key of the test, long enough" };
    const both = { ...keys, ENCRYPTION_KEY_PREVIOUS: testConfig.ENCRYPTION_KEY };
    for (const known of [both, keys]) {
      await api.post(bob, channelId, "hello");
      await api.settle();
      await deliveryWorker(known, guarded, createLogger("silent")).run();
    }
    expect((await log(webhook.id)).map(({ status }) => status)).toEqual(["delivered", "delivered"]);
    const { headers, body } = heard.at(-1) ?? { headers: {} as IncomingHttpHeaders, body: "" };
    const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  });

  it("hears of a new message once, also when a process died before it could say so and the message changed", async () => {
    const { webhook } = await create({ events: ["message.created", "message.updated"] });
    const { id } = await api.post(bob, channelId, "one");
    await api.settle();
    await ChannelCursorModel.updateMany({}, { $set: { rev: 0, since: 0 } });
    await api.call(routes.addReaction, { token: ada.token, params: { id, emoji: encodeURIComponent("🎉") } });
    await deliverAll();
    const told = (await log(webhook.id)).map(({ event, messageId }) => [event, messageId]);
    expect(told.sort()).toEqual([
      ["message.created", id],
      ["message.updated", id],
    ]);
  });

  it("is not told the words of what was deleted while they waited, nor keeps them", async () => {
    const { webhook } = await create({ events: ["message.created", "message.deleted"] });
    const { id } = await api.post(bob, channelId, "a secret");
    status = 503;
    await deliverAll();
    heard = [];
    status = 200;
    await api.call(routes.deleteMessage, { token: bob.token, params: { id } });
    await makeDue();
    await deliverAll();
    const [, created] = await log(webhook.id);
    expect(created).toMatchObject({
      status: "failed",
      error: "The message has been deleted: its words are not sent.",
      nextAttemptAt: null,
    });
    await api.call(routes.redeliver, { token: ada.token, params: { id: created?.id ?? "" } });
    await deliverAll();
    expect(heard.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(["message.deleted"]);
    expect(JSON.stringify(await DeliveryModel.find().lean())).not.toContain("a secret");
  });

  it.each([
    "http://127.0.0.2/",
    "http://169.254.169.254/latest",
    "http://[::1]/",
    "http://2130706434",
    "http://u:p@example.com/",
  ])("does not call %s", async (address) => {
    const refused = await api.send(routes.createOutgoingWebhook, { ...as(), body: { name: "x", url: address } });
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([400, "invalid_request"]);
  });

  it("calls no name that leads inside", async () => {
    const { webhook } = await create({ url: url.replace("127.0.0.1", "localhost") });
    const strict = deliveryWorker(testConfig, new GuardedFetch(), createLogger("silent"));
    await api.post(bob, channelId, "hello?");
    await api.settle();
    await strict.run();
    expect(heard).toEqual([]);
    expect((await log(webhook.id))[0]).toMatchObject({ error: "The address is not on the public internet." });
  });
});

import { randomUUID } from "node:crypto";
import { userTopic, workspaceTopic, type Message } from "@connectbest/contract";
import jwt from "jsonwebtoken";
import { ApiClient } from "../api-client";
import { parseLambdaConfig } from "../config";
import type { Connections } from "../connections";
import { Delivery } from "../deliver";
import { noMetrics } from "../metrics";
import type { Runtime } from "../runtime";
import { freshConnections, HttpStub, identity, objectId, SenderStub } from "../testing/stubs";
import { algorithm, audience } from "../tokens";
import { connect, type ConnectEvent } from "./connect";
import { disconnect } from "./disconnect";
import { message } from "./message";

const secrets = {
  JWT_SECRET: "jwt 0123456789 abcdefghijklmnopqrs",
  SERVICE_SECRET: "service 0123456789 abcdefghijklmno",
};
const channelId = objectId();

let connections: Connections;
let sender: SenderStub;
let api: HttpStub;
let runtime: Runtime;
/** What the API stub answers, by path. */
let answers: Record<string, { status: number; body: unknown }>;

const storedMessage = (userId: string, content: string, clientMessageId: string): Message => ({
  id: objectId(),
  seq: 1,
  rev: 1,
  channelId,
  userId,
  user: { id: userId, name: "Ada", avatarUrl: null },
  type: "user",
  system: null,
  parentMessageId: null,
  replyCount: 0,
  lastReplyAt: null,
  participants: [],
  attachments: [],
  reactions: [],
  mentions: [],
  mentionsChannel: false,
  isPinned: false,
  isEdited: false,
  editedAt: null,
  isDeleted: false,
  forwarded: null,
  previews: [],
  content,
  clientMessageId,
  createdAt: new Date().toISOString(),
  updatedAt: new Date().toISOString(),
});

beforeAll(async () => {
  const fresh = await freshConnections();
  ({ connections } = fresh);
  api = await HttpStub.start(({ path }) => answers[path.split("/").at(-1) ?? ""] ?? { status: 503 });
});
afterAll(() => api.close());
beforeEach(() => {
  answers = {};
  api.calls.length = 0;
  sender = new SenderStub();
  const config = parseLambdaConfig({
    ...secrets,
    API_URL: api.url,
    REALTIME_ENDPOINT: "http://127.0.0.1:1",
    ALLOWED_ORIGINS: "https://chat.example.com, http://localhost:3000",
  });
  runtime = {
    config,
    connections,
    sender,
    delivery: new Delivery(connections, sender),
    api: new ApiClient(api.url, [() => "service-token"]),
    metrics: noMetrics,
  };
});

const ticketFor = (userId: string, options: jwt.SignOptions = {}) =>
  jwt.sign({ sid: objectId() }, secrets.JWT_SECRET, {
    algorithm,
    subject: userId,
    audience: audience.ticket,
    expiresIn: 60,
    jwtid: randomUUID(),
    ...options,
  });

const handshake = (connectionId: string, ticket?: string, origin?: string) =>
  ({
    requestContext: { connectionId },
    headers: origin ? { Origin: origin } : {},
    queryStringParameters: ticket ? { ticket } : undefined,
  }) as unknown as ConnectEvent;

const frame = (connectionId: string, body: unknown) =>
  ({
    requestContext: { connectionId },
    body: typeof body === "string" ? body : JSON.stringify(body),
    isBase64Encoded: false,
  }) as unknown as Parameters<typeof message>[0];

const topicsOf = async (connectionId: string) =>
  (await connections.ofConnection(connectionId)).map((row) => row.topic).sort();

describe("$connect", () => {
  it("writes a row for the user and one for each channel", async () => {
    const userId = objectId();
    answers["connections"] = {
      status: 201,
      body: { userId, userName: "Ada", sessionId: objectId(), channelIds: [channelId] },
    };
    answers["subscriptions"] = { status: 200, body: { channelIds: [channelId] } };
    const { connectionId } = identity();
    expect(await connect(handshake(connectionId, ticketFor(userId), "http://localhost:3000"), runtime)).toEqual({
      statusCode: 200,
    });
    expect(await topicsOf(connectionId)).toEqual([channelId, userTopic(userId), workspaceTopic].sort());
    expect((await connections.identify(connectionId))?.userName).toBe("Ada");
  });

  it.each([
    ["no ticket", undefined, undefined, 401],
    ["rubbish", "rubbish", undefined, 401],
    ["an expired ticket", ticketFor(objectId(), { expiresIn: -1 }), undefined, 401],
    ["a bearer for a ticket", ticketFor(objectId(), { audience: audience.api }), undefined, 401],
    ["a foreign origin", ticketFor(objectId()), "https://evil.example.com", 403],
  ])("refuses %s, and leaves nothing behind", async (_, ticket, origin, statusCode) => {
    const { connectionId } = identity();
    expect(await connect(handshake(connectionId, ticket, origin), runtime)).toEqual({ statusCode });
    expect(await topicsOf(connectionId)).toEqual([]);
    expect(api.calls).toEqual([]);
  });

  it("does not hear a channel that was left while the connection was opening", async () => {
    const [userId, left] = [objectId(), objectId()];
    const body = { userId, userName: "Ada", sessionId: objectId(), channelIds: [channelId, left] };
    answers["connections"] = { status: 201, body };
    answers["subscriptions"] = { status: 200, body: { channelIds: [channelId] } };
    const { connectionId } = identity();
    await connect(handshake(connectionId, ticketFor(userId)), runtime);
    expect(await topicsOf(connectionId)).toEqual([channelId, userTopic(userId), workspaceTopic].sort());
  });

  it("refuses a ticket that the API refuses, and leaves nothing behind", async () => {
    answers["connections"] = { status: 401, body: { error: "Used.", code: "unauthenticated", requestId: "" } };
    const { connectionId } = identity();
    expect(await connect(handshake(connectionId, ticketFor(objectId())), runtime)).toEqual({ statusCode: 401 });
    expect(await topicsOf(connectionId)).toEqual([]);
  });
});

describe("$disconnect", () => {
  it("forgets the connection, and has the API see what that makes of its owner", async () => {
    const one = identity();
    await connections.add([one], [userTopic(one.userId), workspaceTopic, channelId]);
    answers["presence"] = { status: 204, body: undefined };
    await disconnect(frame(one.connectionId, ""), runtime);
    expect(await topicsOf(one.connectionId)).toEqual([]);
    expect(api.calls.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      ["/api/internal/realtime/presence", { userId: one.userId }],
    ]);
  });

  it("is no failure when the API is away", async () => {
    const one = identity();
    await connections.add([one], [userTopic(one.userId)]);
    expect(await disconnect(frame(one.connectionId, ""), runtime)).toEqual({ statusCode: 200 });
    expect(await topicsOf(one.connectionId)).toEqual([]);
  });
});

describe("a frame", () => {
  let me: ReturnType<typeof identity>;
  let friend: ReturnType<typeof identity>;
  beforeEach(async () => {
    [me, friend] = [identity({ userName: "Ada" }), identity()];
    for (const each of [me, friend]) await connections.add([each], [userTopic(each.userId), channelId]);
  });
  afterEach(() => Promise.all([me, friend].map(({ connectionId }) => connections.forget(connectionId))));
  const clientMessageId = randomUUID();
  const send = { action: "sendMessage", channelId, content: "hi", clientMessageId };

  it("sendMessage persists as the one who connected, acks them and tells the channel", async () => {
    const stored = storedMessage(me.userId, "hi", clientMessageId);
    answers["messages"] = { status: 200, body: { message: stored, created: true } };
    await message(frame(me.connectionId, { ...send, userId: friend.userId }), runtime);
    expect(JSON.parse(api.calls[0]?.body ?? "")).toEqual({
      userId: me.userId,
      sessionId: me.sessionId,
      channelId,
      content: "hi",
      clientMessageId,
    });
    expect(api.calls[0]?.headers["authorization"]).toBe("Bearer service-token");
    const created = { type: "message.created", channelId, rev: 1, message: stored };
    expect(sender.to(me.connectionId)).toContainEqual({ type: "ack", clientMessageId, message: stored });
    expect(sender.to(friend.connectionId)).toEqual([created]);
  });

  it("sendMessage again is acked again and told to nobody", async () => {
    const stored = storedMessage(me.userId, "hi", clientMessageId);
    answers["messages"] = { status: 200, body: { message: stored, created: false } };
    await message(frame(me.connectionId, send), runtime);
    expect(sender.sent.map((entry) => entry.connectionId)).toEqual([me.connectionId]);
  });

  it("sendMessage that the API refuses, or cannot take, is answered in words with its key", async () => {
    answers["messages"] = { status: 404, body: { error: "No such channel.", code: "not_found", requestId: "r" } };
    await message(frame(me.connectionId, send), runtime);
    expect(sender.to(me.connectionId)).toEqual([
      { type: "error", code: "not_found", error: "No such channel.", clientMessageId },
    ]);
    answers = {};
    await message(frame(me.connectionId, send), runtime);
    expect(sender.to(me.connectionId).at(-1)).toMatchObject({ type: "error", code: "unavailable", clientMessageId });
  });

  it("typing tells the channel who types; of a channel that is not mine, nobody", async () => {
    await message(frame(me.connectionId, { action: "typing", channelId, isTyping: true }), runtime);
    expect(sender.to(friend.connectionId)).toEqual([
      { type: "typing", channelId, userId: me.userId, userName: "Ada", isTyping: true },
    ]);
    const foreign = objectId();
    await connections.add([friend], [foreign]);
    await message(frame(me.connectionId, { action: "typing", channelId: foreign, isTyping: true }), runtime);
    expect(sender.to(friend.connectionId)).toHaveLength(1);
    expect(sender.to(me.connectionId).at(-1)).toMatchObject({ type: "error", code: "not_found" });
  });

  it("presence is kept with the connection, and the API sees what it makes of its owner", async () => {
    answers["presence"] = { status: 204, body: undefined };
    await message(frame(me.connectionId, { action: "presence", status: "away" }), runtime);
    expect((await connections.find(me.connectionId, userTopic(me.userId)))?.isIdle).toBe(true);
    expect(api.calls.map(({ path }) => path)).toEqual(["/api/internal/realtime/presence"]);
  });

  it("ping is answered", async () => {
    await message(frame(me.connectionId, { action: "ping" }), runtime);
    expect(sender.to(me.connectionId)).toMatchObject([{ type: "pong" }]);
  });

  it("hello brings the rows level with the memberships, and greets", async () => {
    const [joined, left] = [objectId(), objectId()];
    await connections.add([me], [left]);
    answers["subscriptions"] = { status: 200, body: { channelIds: [channelId, joined] } };
    await message(frame(me.connectionId, { action: "hello" }), runtime);
    expect(await topicsOf(me.connectionId)).toEqual([channelId, joined, userTopic(me.userId), workspaceTopic].sort());
    expect(sender.to(me.connectionId)).toMatchObject([{ type: "connected", userId: me.userId }]);
  });

  it("of a session that has ended ends the connection", async () => {
    const body = { error: "This session has ended.", code: "unauthenticated", requestId: "r" };
    answers["subscriptions"] = { status: 401, body };
    await message(frame(me.connectionId, { action: "hello" }), runtime);
    expect(sender.to(me.connectionId)).toEqual([{ type: "session.revoked" }]);
    expect(sender.closed).toEqual([{ connectionId: me.connectionId, code: 4001 }]);
    expect(await topicsOf(me.connectionId)).toEqual([]);
  });

  it("malformed is answered with an error, and the tenth closes the socket", async () => {
    const bad = ["{", "[]", "null", '{"action":"fly"}', '{"action":"typing"}', "", '"x"', "1", '{"action":1}'];
    for (const body of bad) await message(frame(me.connectionId, body), runtime);
    expect(sender.to(me.connectionId)).toHaveLength(9);
    for (const event of sender.to(me.connectionId))
      expect(event).toMatchObject({ type: "error", code: "invalid_request" });
    expect(sender.closed).toEqual([]);
    await message({ ...frame(me.connectionId, "AAAA"), isBase64Encoded: true }, runtime);
    expect(sender.closed).toEqual([{ connectionId: me.connectionId, code: 1008 }]);
  });

  it("of a connection without rows closes it", async () => {
    const { connectionId } = identity();
    await message(frame(connectionId, { action: "ping" }), runtime);
    expect(sender.closed).toMatchObject([{ connectionId }]);
  });
});

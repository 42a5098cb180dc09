import { randomUUID } from "node:crypto";
import { routes, type Event } from "@connectbest/contract";
import { applyEvent } from "../../frontend/src/lib/chat/apply-event";
import { withChannelList } from "../../frontend/src/lib/chat/channels";
import { withPage } from "../../frontend/src/lib/chat/room";
import { channelSpot } from "../../frontend/src/lib/chat/spot";
import { standingNow } from "../../frontend/src/lib/chat/standing";
import { emptyRoom, emptyState, type ChatState } from "../../frontend/src/lib/chat/state";
import { message as handleMessage } from "../../websocket/src/handlers/message";
import { parseLambdaConfig } from "../../websocket/src/config";
import { createRuntime, type Runtime } from "../../websocket/src/runtime";
import { Person } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { System, until } from "../src/system";
import { secretsOf } from "../src/tokens";

let system: System;
let runtime: Runtime;
const sockets: SocketClient[] = [];
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  const { jwt, service } = secretsOf(system);
  const at = (name: string) => `http://127.0.0.1:${system.environment[name]}`;
  // The Lambda's own code, here rather than in the gateway: Lambda may run it twice for one event.
  runtime = createRuntime(
    parseLambdaConfig({
      API_URL: at("PORT_API"),
      JWT_SECRET: jwt,
      SERVICE_SECRET: service,
      DYNAMODB_ENDPOINT: at("PORT_DYNAMODB"),
      REALTIME_SENDER: "gateway",
      REALTIME_ENDPOINT: at("PORT_GATEWAY"),
      ALLOWED_ORIGINS: system.web,
    }),
  );
}, 120_000);
afterAll(async () => {
  for (const socket of sockets) await socket.close();
  await system?.stop();
});

async function connect(person: Person): Promise<SocketClient> {
  const socket = await SocketClient.connect(person.rest);
  sockets.push(socket);
  return socket;
}

it("11. a handler invoked several times for one event: one row, equal acknowledgements, at most a repeated event, one notification", async () => {
  const [ada, bob] = [await Person.signUp(system, "Ada"), await Person.signUp(system, "Bob")];
  const channel = await ada.createChannel("twice", [bob]);
  const [a, b] = [await connect(ada), await connect(bob)];
  const { connectionId } = await a.waitFor("connected");
  const clientMessageId = randomUUID();
  const content = `@${bob.me.username} once is enough`;
  const body = JSON.stringify({ action: "sendMessage", channelId: channel.id, content, clientMessageId });
  const event = { requestContext: { connectionId }, body, isBase64Encoded: false };
  const invoke = () => handleMessage(event as Parameters<typeof handleMessage>[0], runtime);
  await Promise.all([invoke(), invoke(), invoke()]);
  await invoke();

  await until("every invocation is acknowledged", () => a.of("ack").length >= 4);
  const stored = await bob.readAll(channel.id);
  expect(stored).toHaveLength(1);
  for (const ack of a.of("ack")) expect(ack).toEqual({ type: "ack", clientMessageId, message: stored[0] });
  await b.waitFor("notification");

  // Whatever else was on its way has come when a later message has.
  const later = await ada.post(channel.id, "and this later");
  await b.waitFor("message.created", ({ message }) => message.id === later.id);
  const heard = b.of("message.created").filter(({ message }) => message.clientMessageId === clientMessageId);
  expect(heard.length).toBeGreaterThan(0);
  for (const { rev, message } of heard) expect([rev, message]).toEqual([stored[0]?.rev, stored[0]]);
  const { notifications } = await bob.rest.call(routes.listNotifications);
  expect(notifications).toHaveLength(1);
  expect(new Set(b.of("notification").map(({ notification }) => notification.id)).size).toBe(1);
  expect(b.of("notification").filter(({ isLoud }) => isLoud)).toHaveLength(1);
  expect(
    (await bob.rest.call(routes.listChannels)).channels.find(({ id }) => id === channel.id)?.membership,
  ).toMatchObject({
    unreadCount: 2,
    mentionCount: 1,
  });
});

/** Each twice, in any order. */
const shuffledTwice = (events: readonly Event[]): Event[] =>
  [...events, ...events]
    .map((event) => ({ event, at: Math.random() }))
    .sort((x, y) => x.at - y.at)
    .map(({ event }) => event);

it("11. events doubled and out of order bring the web client's state where a fresh load would (tests/model does so at length)", async () => {
  const [ada, bob] = [await Person.signUp(system, "Ada"), await Person.signUp(system, "Bob")];
  const { id } = await ada.createChannel("shuffled", [bob]);
  const b = await connect(bob);
  const load = async (): Promise<ChatState> => {
    const { channels } = await bob.rest.call(routes.listChannels);
    const page = await bob.rest.call(routes.listMessages, { params: { id }, query: { limit: 100 } });
    const room = withPage(emptyRoom(channelSpot(id)), page, "newest");
    return { ...withChannelList(emptyState({ ...bob.me, isAdmin: false }), channels), rooms: { [id]: room } };
  };
  const seen = ({ channels, rooms }: ChatState) => {
    const known = channels?.[id];
    if (!known) throw new Error("The channel is not known.");
    return {
      messages: rooms[id]?.messages,
      level: known.level,
      ahead: known.ahead,
      standing: standingNow(known.standing),
    };
  };
  const start = await load();
  const heardBefore = b.events.length;
  for (let i = 0; i < 12; i++) {
    const message = await ada.post(id, i % 5 ? `message ${i}` : `@${bob.me.username} message ${i}`);
    const params = { id: message.id };
    if (i % 3 === 0) await ada.rest.call(routes.editMessage, { params, body: { content: `edited ${i}` } });
    if (i % 4 === 1) await ada.rest.call(routes.deleteMessage, { params });
  }
  const last = await ada.post(id, "the last");
  await b.waitFor("message.created", ({ message }) => message.id === last.id);
  const events = b.events.slice(heardBefore);
  const fresh = seen(await load());
  expect(fresh.messages?.length).toBeGreaterThan(10);
  for (let round = 0; round < 50; round++)
    expect(seen(shuffledTwice(events).reduce((state, event) => applyEvent(state, event, 0), start))).toEqual(fresh);
});

import { preload, withEnvironment } from "../src/preload";
import { System, until } from "../src/system";
import { secretsOf } from "../src/tokens";
import { identity } from "../../websocket/src/testing/stubs";
import { createConnections } from "../../websocket/src/realtime";
import type { Connections } from "../../websocket/src/connections";
import { Crowd } from "./crowd";
import { DynamoDbProxy } from "./dynamodb-proxy";
import { say } from "./length";

let system: System;
let proxy: DynamoDbProxy;
let connections: Connections;
beforeAll(async () => {
  system = await System.prepare({ FRONTEND: "off" });
  proxy = await DynamoDbProxy.start(Number(system.environment["PORT_DYNAMODB"]));
  const here = withEnvironment({ DYNAMODB_ENDPOINT: proxy.endpoint });
  preload(system, { API: here, Gateway: here });
  await system.start();
  connections = createConnections({
    AWS_REGION: "us-east-1",
    CONNECTIONS_TABLE: "connectbest-connections",
    DYNAMODB_ENDPOINT: `http://127.0.0.1:${system.environment["PORT_DYNAMODB"]}`,
    REALTIME_SENDER: "gateway",
    REALTIME_ENDPOINT: "http://127.0.0.1:1",
    SERVICE_SECRET: secretsOf(system).service,
  });
}, 120_000);
afterEach(() => {
  proxy.mood = "well";
  Crowd.dismiss();
});
afterAll(async () => {
  await system?.stop();
  await proxy?.stop();
});

it("8. DynamoDB timing out, then throttled: sends succeed all the same, and who listens is level within 30 s", async () => {
  const crowd = await Crowd.gather(system, { listeners: 3 });
  crowd.start();
  await crowd.moreAcknowledged();
  await until("the syncs of the beginning are over", () => crowd.listeners.every(({ syncs }) => syncs >= 2));
  for (const mood of ["hang", "throttle"] as const) {
    const harmed = proxy.harmed;
    proxy.mood = mood;
    await crowd.moreAcknowledged();
    await until("the table was asked in vain", () => proxy.harmed > harmed);
  }
  await crowd.stopSending();
  const last = Date.now();
  // The table stays away: no delivery brings the last of them, and nothing tells of it.
  const all = crowd.acknowledged;
  await until("everybody is level", () => crowd.listeners.every((listener) => listener.holds(all)), 90_000);
  const level = Date.now() - last;
  const slowest = Math.max(...crowd.attempts.map(({ took }) => took));
  say(`8: level ${level} ms after the last send, the table still away; slowest send ${Math.round(slowest)} ms`);
  expect(crowd.failures).toEqual({});
  expect(level).toBeLessThan(30_000);
  proxy.mood = "well";
  await crowd.judge();
}, 180_000);

it("10. connections that are gone without a word: their rows go with the first messages, the others hear everything, rows past their time are not sent to", async () => {
  const crowd = await Crowd.gather(system, { members: 7, listeners: 7 });
  const topic = crowd.channel.id;
  const rowsOf = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const page of connections.listeners(topic)) ids.push(...page.map(({ connectionId }) => connectionId));
    return ids;
  };
  const alive = await rowsOf();
  expect(alive).toHaveLength(7);
  // 30 % of ten, each with rows of its own beside the channel's.
  const stale = Array.from({ length: 3 }, () => identity());
  await connections.add(stale, [topic, `user:${stale[0]?.userId}`]);
  // A connection that lives, in a row of another channel that should long be gone: whoever sends by it is heard.
  const other = await crowd.members[0]?.createChannel("past-its-time", [crowd.members[1] as never]);
  const bystander = crowd.listeners[6];
  const connected = bystander?.events.find((event) => event.type === "connected");
  const expired = identity({
    connectionId: connected?.type === "connected" ? connected.connectionId : "",
    connectedAt: Date.now() - 25 * 3_600_000,
  });
  await connections.add([expired], [other?.id ?? ""]);

  for (let i = 0; i < 5; i++) await crowd.senders[i % 7]?.send(`message ${i}`);
  await crowd.members[0]?.post(other?.id ?? "", "not for you");
  await until("the stale rows are gone", async () => (await rowsOf()).length === 7, 30_000);
  for (const { connectionId } of stale) expect(await connections.ofConnection(connectionId)).toEqual([]);
  expect((await rowsOf()).sort()).toEqual(alive.sort());
  const syncs = crowd.listeners.map((listener) => listener.syncs);
  const last = await crowd.senders[0]?.send("the last");
  const heard = () =>
    crowd.listeners.every(({ events }) =>
      events.some((event) => event.type === "message.created" && event.message.id === last?.id),
    );
  await until("everybody hears the last", heard, 10_000);
  expect(syncs.every((count) => count <= 2)).toBe(true);
  const strange = bystander?.events.filter(
    (event) => event.type === "message.created" && event.channelId === other?.id,
  );
  expect(strange).toEqual([]);
  await crowd.judge();
}, 120_000);

import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import type { Event } from "@connectbest/contract";
import { Connections } from "../../websocket/src/connections";
import { Delivery } from "../../websocket/src/deliver";
import { identity, objectId, SenderStub } from "../../websocket/src/testing/stubs";
import { root } from "../src/system";
import { DynamoDbProxy } from "./dynamodb-proxy";
import { say } from "./length";

const table = "connections";
const region = "us-east-1";

let dynamodb: ChildProcess;
let proxy: DynamoDbProxy;
beforeAll(async () => {
  dynamodb = spawn(process.execPath, [path.join(root, "local/dist/dynamodb-main.js")], {
    env: { PATH: process.env["PATH"], PORT: "0", CONNECTIONS_TABLE: table, NODE_NO_WARNINGS: "1" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const port = await new Promise<number>((resolve) =>
    dynamodb.once("message", (message) => resolve((message as { port: number }).port)),
  );
  proxy = await DynamoDbProxy.start(port);
});
afterAll(async () => {
  await proxy?.stop();
  dynamodb?.kill();
});

it("9. half of every batch unprocessed and lists of more than 1 MB: every recipient is reached, once", async () => {
  const connections = new Connections({ region, table, endpoint: proxy.endpoint });
  const topic = objectId();
  const people = Array.from({ length: 1200 }, () => identity({ userName: "x".repeat(1000) }));
  proxy.mood = "half";
  const parts = Array.from({ length: 12 }, (_, i) => people.slice(i * 100, (i + 1) * 100));
  await Promise.all(parts.map((part) => connections.add(part, [topic])));
  const unprocessed = proxy.harmed;
  proxy.mood = "well";
  let pages = 0;
  for await (const page of connections.listeners(topic)) pages += Number(page.length > 0);
  expect(pages).toBeGreaterThan(1);
  expect(unprocessed).toBeGreaterThan(people.length / 25);

  const sender = new SenderStub();
  const event: Event = { type: "pong", at: new Date().toISOString() };
  await new Delivery(connections, sender).deliver(topic, [event]);
  const reached = sender.sent.map(({ connectionId }) => connectionId).sort();
  expect(reached).toEqual(people.map(({ connectionId }) => connectionId).sort());
  say(`9: ${people.length} recipients on ${pages} pages, ${unprocessed} batches done by half`);
}, 120_000);

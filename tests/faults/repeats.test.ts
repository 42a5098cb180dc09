import { randomUUID } from "node:crypto";
import { routes, type Message } from "@connectbest/contract";
import { Person } from "../src/rest-client";
import { System, until } from "../src/system";
import { TcpProxy } from "../src/tcp-proxy";
import { Crowd } from "./crowd";
import { long, say } from "./length";

let system: System;
let proxy: TcpProxy;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  proxy = await TcpProxy.start(Number(system.environment["PORT_API"]));
}, 120_000);
afterEach(() => Crowd.dismiss());
afterAll(async () => {
  await proxy?.stop();
  await system?.stop();
});

const drops = long(60, 500);

it(`6. answers dropped on the way ${drops} times: one row each`, async () => {
  const crowd = await Crowd.gather(system, { api: `http://127.0.0.1:${proxy.port}/api` });
  // By then the API has answered: it is stored, and nobody knows.
  proxy.shouldDrop = () => proxy.dropped < drops && Math.random() < 0.7;
  crowd.start();
  await until(`${drops} answers are dropped`, () => proxy.dropped >= drops, 300_000);
  await crowd.moreAcknowledged();
  const stored = await crowd.judge();
  expect(crowd.failures).toEqual({ 0: drops });
  say(`6: ${proxy.dropped} answers dropped, ${stored.length} messages stored, ${crowd.attempts.length} attempts`);
}, 400_000);

it("7. the same clientMessageId from 20 connections at once: one row, 20 equal answers; with another body 409", async () => {
  const [ada, bob] = [await Person.signUp(system, "Ada"), await Person.signUp(system, "Bob")];
  const channel = await ada.createChannel("at-once", [bob]);
  const kept: Message[] = [];
  for (let round = 0; round < long(5, 50); round++) {
    const clientMessageId = randomUUID();
    const post = (content: string) =>
      ada.rest.send(routes.postMessage, { params: { id: channel.id }, body: { content, clientMessageId } });
    const content = `round ${round}`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(content)));
    const messages = answers.map(({ body }) => (body as { message: Message }).message);
    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
    for (const message of messages) expect(message).toEqual(messages[0]);
    if (messages[0]) kept.push(messages[0]);
    const [other, sameKeyOfAnother] = [
      await post("something else"),
      await bob.rest.send(routes.postMessage, { params: { id: channel.id }, body: { content, clientMessageId } }),
    ];
    expect([other.status, other.body]).toEqual([409, expect.objectContaining({ code: "conflict" })]);
    // A key is its sender's own.
    expect(sameKeyOfAnother.status).toBeLessThan(300);
    kept.push((sameKeyOfAnother.body as { message: Message }).message);
  }
  const stored = await ada.readAll(channel.id);
  expect(await bob.readAll(channel.id)).toEqual(stored);
  expect(stored).toEqual(kept);

  // Of two bodies at the same moment one is stored, and the other refused.
  const clientMessageId = randomUUID();
  const both = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      ada.rest.send(routes.postMessage, {
        params: { id: channel.id },
        body: { content: `body ${i % 2}`, clientMessageId },
      }),
    ),
  );
  expect(both.filter(({ status }) => status < 300)).toHaveLength(10);
  expect(both.filter(({ status }) => status === 409)).toHaveLength(10);
  expect(await ada.readAll(channel.id)).toHaveLength(stored.length + 1);
}, 120_000);

import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import { percentile } from "../bench/statistics";
import { Person, RestClient } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { pause, System } from "../src/system";

/** With the limits that the product is delivered with. */
let system: System;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off", MESSAGES_PER_MINUTE: "60", CALLS_PER_10_SECONDS: "100" });
  await Person.signUp(system, "Owner");
}, 120_000);
afterAll(() => system?.stop());

describe("a flood", () => {
  it("30. of messages is stopped at the sixtieth of a minute, over REST and the socket alike, with when to go on", async () => {
    const sender = await Person.signUp(system, "Talkative");
    const channel = await sender.createChannel("flood");
    const socket = await SocketClient.connect(sender.rest);
    for (let i = 0; i < 30; i++) await sender.post(channel.id, `over REST ${i}`);
    const keys = Array.from({ length: 30 }, () => randomUUID());
    for (const [i, clientMessageId] of keys.entries())
      socket.send({ action: "sendMessage", channelId: channel.id, content: `over the socket ${i}`, clientMessageId });
    await socket.waitFor("ack", (event) => event.clientMessageId === keys.at(-1));
    const params = { id: channel.id };
    const refused = await sender.rest.send(routes.postMessage, { params, body: { content: "the 61st" } });
    expect([refused.status, refused.body]).toEqual([429, expect.objectContaining({ code: "rate_limited" })]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((refused.body as { error: string }).error).toMatch(/\d+ s/);
    socket.send({
      action: "sendMessage",
      channelId: channel.id,
      content: "the 62nd",
      clientMessageId: randomUUID(),
    });
    expect(await socket.waitFor("error")).toMatchObject({ code: "rate_limited" });
    expect(await sender.readAll(channel.id)).toHaveLength(60);
    await socket.close();
  });

  it("30. of one does not slow the others down", async () => {
    const [flooder, bystander] = [await Person.signUp(system, "Flooder"), await Person.signUp(system, "Bystander")];
    const channel = await flooder.createChannel("beside", [bystander]);
    const params = { id: channel.id };
    const measure = async () => {
      const times: number[] = [];
      for (let i = 0; i < 40; i++) {
        const started = performance.now();
        await bystander.rest.call(routes.listMessages, { params });
        times.push(performance.now() - started);
        await pause(15);
      }
      return times;
    };
    const quiet = await measure();
    let isFlooding = true;
    const refusals: number[] = [];
    const flood = Array.from({ length: 4 }, async () => {
      while (isFlooding) {
        const { status } = await flooder.rest.send(routes.postMessage, { params, body: { content: "flood" } });
        if (status === 429) refusals.push(status);
      }
    });
    const loud = await measure();
    isFlooding = false;
    await Promise.all(flood);
    expect(refusals.length).toBeGreaterThan(20);
    // Test machines have few cores, and the flood's own client is on one of them.
    expect(percentile(loud, 0.99)).toBeLessThan(Math.max(150, 3 * percentile(quiet, 0.99)));
  });

  it("30. of calls is stopped too, and says so in its headers before", async () => {
    const caller = await Person.signUp(system, "Impatient");
    const answers = await Promise.all(Array.from({ length: 130 }, () => caller.rest.send(routes.authStatus)));
    expect(answers[0]?.headers.get("ratelimit-policy")).toBe('"calls";q=100;w=10');
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(30);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    const other = new RestClient(system.api);
    expect((await other.send(routes.health)).status).toBe(200);
  });
});

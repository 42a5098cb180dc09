import { createECDH, randomBytes } from "node:crypto";
import { createServer, type AddressInfo, type Server } from "node:net";
import { ErrorBody, routes } from "@connectbest/contract";
import { Person } from "../src/rest-client";
import { pause, System } from "../src/system";

/** With the networks that the product may call when it is delivered: only public ones. */
let system: System;
let ada: Person;
let bob: Person;
let trap: Server;
let port: number;
let calls = 0;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  [ada, bob] = [await Person.signUp(system, "Ada"), await Person.signUp(system, "Bob")];
  trap = createServer((socket) => {
    calls++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
  port = (trap.address() as AddressInfo).port;
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await new Promise((resolve) => trap.close(resolve));
});

const inside = () => [
  `https://127.0.0.1:${port}/`,
  `https://2130706433:${port}/`,
  `https://0x7f.0.0.1:${port}/`,
  `https://0177.0.0.1:${port}/`,
  `https://127.1:${port}/`,
  `https://0.0.0.0:${port}/`,
  `https://[::1]:${port}/`,
  `https://[::ffff:127.0.0.1]:${port}/`,
  "https://169.254.169.254/latest/meta-data/",
  "https://[fd00:ec2::254]/latest/meta-data/",
  "https://10.0.0.1/",
  "https://172.16.0.1/",
  "https://192.168.1.1/",
  "https://100.64.0.1/",
  `https://user:password@127.0.0.1:${port}/`,
];

const keys = () => {
  const pair = createECDH("prime256v1");
  return { p256dh: pair.generateKeys("base64url"), auth: randomBytes(16).toString("base64url") };
};

describe("what strangers have us call", () => {
  it("36. is no address inside, for push messages or webhooks, however it is written", async () => {
    const { id } = await ada.createChannel("outgoing", [bob]);
    for (const address of [...inside(), "http://push.example.com/", "file:///etc/passwd", "gopher://127.0.0.1/"]) {
      const push = await bob.rest.send(routes.subscribePush, { body: { endpoint: address, keys: keys() } });
      expect([address, push.status, ErrorBody.parse(push.body).code]).toEqual([address, 400, "invalid_request"]);
      if (address.startsWith("http://push.")) continue;
      const body = { name: "inside", url: address };
      const webhook = await ada.rest.send(routes.createOutgoingWebhook, { params: { id }, body });
      expect([address, webhook.status]).toEqual([address, 400]);
    }
    expect(calls).toBe(0);
  });

  it("36. is nothing here under a name either: a name is looked up when it is called", async () => {
    const { id } = await ada.createChannel("by-name", [bob]);
    const address = `https://localhost:${port}/`;
    await bob.rest.call(routes.subscribePush, { body: { endpoint: address, keys: keys() } });
    const { webhook } = await ada.rest.call(routes.createOutgoingWebhook, {
      params: { id },
      body: { name: "by name", url: address },
    });
    await ada.post(id, `@${bob.me.username} and ${address}`);
    // A push leaves five seconds after what it tells of.
    await pause(10_000);
    expect(calls).toBe(0);
    const log = await ada.rest.call(routes.listDeliveries, { params: { id: webhook.id } });
    expect(log.deliveries[0]).toMatchObject({ error: "The address is not on the public internet." });
    expect(system.output).not.toContain(`localhost:${port}`);
  }, 40_000);
});

import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import { Person } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { pause, System } from "../src/system";

describe.each(["gateway", "apigateway"])("the live system, sending through %s", (sender) => {
  let system: System;
  let ada: Person;
  let bob: Person;
  const open: SocketClient[] = [];
  const connect = async (person: Person): Promise<SocketClient> => {
    const client = await SocketClient.connect(person.rest);
    open.push(client);
    return client;
  };

  beforeAll(async () => {
    system = await System.start({ FRONTEND: "off", REALTIME_SENDER: sender });
    [ada, bob] = [await Person.signUp(system, "Ada"), await Person.signUp(system, "Bob")];
  }, 120_000);
  afterEach(async () => void (await Promise.all(open.splice(0).map((client) => client.close()))));
  afterAll(() => system?.stop());

  it("carries a message from one socket to another, acknowledged and stored", async () => {
    const channel = await ada.createChannel("sockets", [bob]);
    const [a, b] = [await connect(ada), await connect(bob)];
    const clientMessageId = randomUUID();
    a.send({ action: "sendMessage", channelId: channel.id, content: "over the wire", clientMessageId });
    const ack = await a.waitFor("ack", (event) => event.clientMessageId === clientMessageId);
    const heard = await b.waitFor("message.created", (event) => event.channelId === channel.id);
    expect(heard.message).toEqual(ack.message);
    expect(await bob.readAll(channel.id)).toEqual([ack.message]);
  });

  it("brings a message posted over REST to an open socket within a second", async () => {
    const channel = await ada.createChannel("by-rest", [bob]);
    const b = await connect(bob);
    const before = Date.now();
    const message = await ada.post(channel.id, "posted");
    await b.waitFor("message.created", (event) => event.message.id === message.id);
    expect(Date.now() - before).toBeLessThan(1000);
  });

  it("lets open sockets hear a channel as soon as it is created, joined or opened, and no longer once left", async () => {
    const b = await connect(bob);
    const created = await ada.createChannel("newborn", [bob]);
    await b.waitFor("channel.updated", (event) => event.channel.id === created.id);
    await ada.post(created.id, "first");
    await b.waitFor("message.created", (event) => event.channelId === created.id);

    await bob.rest.call(routes.leaveChannel, { params: { id: created.id } });
    await b.waitFor("channel.removed", (event) => event.channelId === created.id);
    await ada.post(created.id, "behind your back");
    // Who comes back at once may hear what was said in the last moments: they may read it anyway.
    await pause(400);
    await bob.rest.call(routes.joinChannel, { params: { id: created.id } });
    await ada.post(created.id, "welcome back");
    await b.waitFor("message.created", (event) => event.message.content === "welcome back");
    expect(b.of("message.created").map((event) => event.message.content)).toEqual([
      "first",
      "Bob joined.",
      "welcome back",
    ]);

    const { message } = await ada.rest.call(routes.postDirectMessage, {
      params: { userId: bob.me.id },
      body: { content: "psst" },
    });
    await b.waitFor("message.created", (event) => event.message.id === message.id);
  });

  it("refuses a ticket used twice, and a foreign page", async () => {
    const { url, ticket } = await ada.rest.call(routes.createTicket);
    open.push(await SocketClient.open(`${url}?ticket=${ticket}`, system.web));
    await expect(SocketClient.open(`${url}?ticket=${ticket}`)).rejects.toThrow("401");
    await expect(SocketClient.open(url)).rejects.toThrow("401");
    const fresh = await ada.rest.call(routes.createTicket);
    await expect(SocketClient.open(`${url}?ticket=${fresh.ticket}`, "https://evil.example.com")).rejects.toThrow("403");
  });

  it("does not let anybody write or type where they are not", async () => {
    const channel = await ada.createChannel("closed", [], "private");
    const [a, b] = [await connect(ada), await connect(bob)];
    const clientMessageId = randomUUID();
    b.send({ action: "sendMessage", channelId: channel.id, content: "let me in", clientMessageId });
    expect((await b.waitFor("error")).clientMessageId).toBe(clientMessageId);
    b.send({ action: "typing", channelId: channel.id, isTyping: true });
    b.send({ action: "ping" });
    await b.waitFor("pong");
    await ada.post(channel.id, "alone at last");
    await a.waitFor("message.created", (event) => event.channelId === channel.id);
    expect(a.of("typing")).toEqual([]);
    expect(await ada.readAll(channel.id)).toHaveLength(1);
  });

  it("ends a session's sockets when it signs out, and only those", async () => {
    const guest = await Person.signUp(system, "Guest");
    const first = await connect(guest);
    const { token } = await guest.rest.call(routes.login, { body: { email: guest.email, password: guest.password } });
    await guest.rest.call(routes.logout);
    guest.rest.token = token;
    const second = await connect(guest);
    await first.waitFor("session.revoked");
    const deadline = Date.now() + 5000;
    while (first.closeCode === undefined && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(first.closeCode).toBe(sender === "gateway" ? 4001 : 1000);
    expect(second.closeCode).toBeUndefined();
  });

  it("tells a reader's other devices what was read", async () => {
    const channel = await ada.createChannel("badges", [bob]);
    const [phone, laptop] = [await connect(bob), await connect(bob)];
    const message = await ada.post(channel.id, "read me");
    await phone.waitFor("message.created", (event) => event.message.id === message.id);
    await bob.rest.call(routes.markRead, { params: { id: channel.id }, body: { seq: message.seq } });
    const read = await laptop.waitFor("membership.updated", (event) => event.channelId === channel.id);
    expect(read.membership).toMatchObject({ lastReadSeq: message.seq, unreadCount: 0 });
  });
});

import { randomUUID } from "node:crypto";
import { routes, type Channel, type Message, type Route } from "@connectbest/contract";
import { Person } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { System } from "../src/system";

let system: System;
let admin: Person;
let [a, b, outsider]: Person[] = [];
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  admin = await Person.signUp(system, "Administrator");
  [a, b, outsider] = [
    await Person.signUp(system, "Member A"),
    await Person.signUp(system, "Member B"),
    await Person.signUp(system, "Outsider"),
  ];
}, 120_000);
afterAll(() => system?.stop());

/** For the compiler: everybody is there once the system is. */
const people = () => {
  if (!a || !b || !outsider) throw new Error("nobody");
  return { a, b, outsider };
};
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

/** Everything that can be tried on one message. */
const onMessage = (id: string): [string, Route, object][] => {
  const params = { id };
  const reaction = { params: { id, emoji: encodeURIComponent("👍") } };
  return [
    ["edit", routes.editMessage, { params, body: { content: "mine now" } }],
    ["delete", routes.deleteMessage, { params }],
    ["history", routes.messageHistory, { params }],
    ["replies", routes.listReplies, { params }],
    ["reply", routes.postReply, { params, body: { content: "let me in" } }],
    ["read the thread", routes.readThread, { params, body: { seq: 1 } }],
    ["follow", routes.followThread, { params }],
    ["unread from here", routes.markUnread, { params }],
    ["react", routes.addReaction, reaction],
    ["take a reaction back", routes.removeReaction, reaction],
    ["pin", routes.pinMessage, { params }],
    ["unpin", routes.unpinMessage, { params }],
    ["bookmark", routes.addBookmark, { params }],
  ];
};

const secret = () => `only for the two of us ${randomUUID()}`;

describe("a private channel", () => {
  let channel: Channel;
  let message: Message;
  let text: string;
  beforeAll(async () => {
    const { a, b } = people();
    channel = await a.createChannel(`board-${randomUUID().slice(0, 8)}`, [b], "private");
    text = secret();
    message = await a.post(channel.id, text);
  });

  const attempts = (): [string, Route, object][] => {
    const inChannel = { params: { id: channel.id } };
    return [
      ["channel", routes.getChannel, inChannel],
      ["members", routes.listMembers, inChannel],
      ["messages", routes.listMessages, inChannel],
      ["messages around", routes.listMessages, { ...inChannel, query: { around: message.id } }],
      ["message", routes.getMessage, { params: { id: message.id } }],
      ["post", routes.postMessage, { ...inChannel, body: { content: "let me in" } }],
      [
        "repeat of a post",
        routes.postMessage,
        { ...inChannel, body: { content: text, clientMessageId: message.clientMessageId } },
      ],
      ["read", routes.markRead, { ...inChannel, body: { seq: 1 } }],
      ["join", routes.joinChannel, inChannel],
      ["leave", routes.leaveChannel, inChannel],
      ["add oneself", routes.addMember, { ...inChannel, body: { userId: people().outsider.me.id } }],
      ["rename", routes.updateChannel, { ...inChannel, body: { name: "ours-now" } }],
      ["archive", routes.archiveChannel, inChannel],
      ["typing", routes.setTyping, { ...inChannel, body: { isTyping: true } }],
      ["pins", routes.listPins, inChannel],
      ["files", routes.listChannelFiles, inChannel],
      ["mute", routes.setChannelNotifications, { ...inChannel, body: { muted: true } }],
      ["draft", routes.saveDraft, { params: { channelId: channel.id }, body: { content: "let me in" } }],
      ["webhook", routes.createIncomingWebhook, { ...inChannel, body: { name: "spy" } }],
      [
        "listening webhook",
        routes.createOutgoingWebhook,
        { ...inChannel, body: { name: "spy", url: "https://spy.example" } },
      ],
      ["schedule", routes.scheduleMessage, { body: { channelId: channel.id, content: "x", sendAt: inAnHour() } }],
      ["remind", routes.createReminder, { body: { messageId: message.id, remindAt: inAnHour() } }],
      ...onMessage(message.id),
    ];
  };

  it.each(["outsider", "administrator of the workspace"])("20. exists for no %s", async (who) => {
    const { rest } = who === "outsider" ? people().outsider : admin;
    for (const [what, route, options] of attempts()) {
      const { status, body } = await rest.send(route, options);
      expect([what, status]).toEqual([what, 404]);
      expect(JSON.stringify(body)).not.toContain(text);
      expect(JSON.stringify(body)).not.toContain(channel.name);
    }
    expect(await people().a.readAll(channel.id)).toEqual([message]);
  });

  it("20. is forwarded by nobody who may not read it, and shown by no search of theirs", async () => {
    const { a, outsider } = people();
    const mine = await outsider.createChannel(`mine-${randomUUID().slice(0, 8)}`);
    const body = { channelId: mine.id, content: "look" };
    const forwarded = await outsider.rest.send(routes.forwardMessage, { params: { id: message.id }, body });
    expect(forwarded.status).toBe(404);
    const q = `"${text}"`;
    const deadline = Date.now() + 10_000;
    for (;;) {
      const { results } = await a.rest.call(routes.search, { query: { q } });
      if (results.some((result) => result.message.id === message.id)) break;
      if (Date.now() > deadline) throw new Error("not found by who may");
    }
    for (const { rest } of [outsider, admin])
      expect((await rest.call(routes.search, { query: { q } })).results).toEqual([]);
  });

  it("20. is in none of an outsider's lists, nor in what syncing tells", async () => {
    const { rest } = people().outsider;
    const held = { channels: { [channel.id]: 0 } };
    const answers = [
      await rest.send(routes.listChannels),
      await rest.send(routes.browseChannels, { query: { limit: 100 } }),
      await rest.send(routes.browseChannels, { query: { query: "board" } }),
      await rest.send(routes.listConversations),
    ];
    for (const { body } of answers) expect(JSON.stringify(body)).not.toContain(channel.id);
    const synced = await rest.call(routes.sync, { body: held });
    expect([synced.channels, synced.removed]).toEqual([[], [channel.id]]);
    expect(JSON.stringify(synced.added)).not.toContain(channel.id);
  });

  it("20. tells what does not exist and what is hidden alike", async () => {
    const { rest } = people().outsider;
    const shape = async (id: string) => {
      const { status, body } = await rest.send(routes.listMessages, { params: { id } });
      return { status, ...(body as object), requestId: "" };
    };
    expect(await shape(channel.id)).toEqual(await shape("f".repeat(24)));
    const one = async (id: string) => {
      const { status, body } = await rest.send(routes.getMessage, { params: { id } });
      return { status, ...(body as object), requestId: "" };
    };
    expect(await one(message.id)).toEqual(await one("f".repeat(24)));
  });

  it("20. is not paged into from a message of another channel", async () => {
    const { outsider } = people();
    const mine = await outsider.createChannel(`mine-${randomUUID().slice(0, 8)}`);
    for (const query of [{ around: message.id }, { before: message.id }, { after: message.id }]) {
      const { status, body } = await outsider.rest.send(routes.listMessages, { params: { id: mine.id }, query });
      expect(status).toBe(404);
      expect(JSON.stringify(body)).not.toContain(text);
    }
  });
});

describe("a conversation of two", () => {
  it("21. takes in no third person, and shows them nothing", async () => {
    const { a, b, outsider } = people();
    const { channel } = await a.rest.call(routes.openDirectMessage, { body: { userIds: [b.me.id] } });
    const text = secret();
    const message = await a.post(channel.id, text);
    const params = { id: channel.id };
    for (const userId of [outsider.me.id, admin.me.id])
      expect((await b.rest.send(routes.addMember, { params, body: { userId } })).status).toBe(403);
    expect((await b.rest.send(routes.leaveChannel, { params })).status).toBe(403);
    for (const { rest } of [outsider, admin]) {
      expect((await rest.send(routes.joinChannel, { params })).status).toBe(404);
      expect((await rest.send(routes.listMessages, { params })).status).toBe(404);
      expect((await rest.send(routes.getMessage, { params: { id: message.id } })).status).toBe(404);
      const own = await rest.call(routes.listDirectMessages, { params: { userId: a.me.id } });
      expect(JSON.stringify(own)).not.toContain(text);
    }
    const three = { body: { userIds: [a.me.id, admin.me.id] } };
    const other = (await b.rest.call(routes.openDirectMessage, three)).channel;
    expect(other.id).not.toBe(channel.id);
    expect(await admin.readAll(other.id)).toEqual([]);
  });
});

describe("somebody who is no longer in a channel", () => {
  it("21. hears nothing more of it, and is told nothing missed by syncing", async () => {
    const { a, b } = people();
    const channel = await a.createChannel(`left-${randomUUID().slice(0, 8)}`, [b], "private");
    const [socket, witness] = [await SocketClient.connect(b.rest), await SocketClient.connect(a.rest)];
    await a.post(channel.id, "while both are here");
    await socket.waitFor("message.created", (event) => event.channelId === channel.id);
    await b.rest.call(routes.leaveChannel, { params: { id: channel.id } });
    await socket.waitFor("channel.removed", (event) => event.channelId === channel.id);
    const heard = socket.events.length;
    const message = await a.post(channel.id, secret());
    witness.send({ action: "typing", channelId: channel.id, isTyping: true });
    await witness.waitFor("message.created", (event) => event.message.id === message.id);
    await witness.waitFor("typing", (event) => event.channelId === channel.id);
    socket.send({ action: "ping" });
    await socket.waitFor("pong");
    expect(socket.events.slice(heard).map(({ type }) => type)).toEqual(["pong"]);

    // A socket that opens now hears nothing either.
    const later = await SocketClient.connect(b.rest);
    await a.post(channel.id, secret());
    later.send({ action: "ping" });
    await later.waitFor("pong");
    expect(later.of("message.created")).toEqual([]);

    const synced = await b.rest.call(routes.sync, { body: { channels: { [channel.id]: 1 } } });
    expect([synced.channels, synced.removed]).toEqual([[], [channel.id]]);
    expect((await b.rest.send(routes.getMessage, { params: { id: message.id } })).status).toBe(404);
    await Promise.all([socket, witness, later].map((client) => client.close()));
  });
});

describe("people", () => {
  const user = "avatarUrl createdAt email id name role status statusMessage username";
  const mine = `${user} authProviders emailVerified pendingEmail phone preferences statusExpiresAt twoFactorEnabled`;
  const managed = `${user} authProviders suspendedAt suspendedReason twoFactorEnabled`;
  const keysOf = (value: unknown) => Object.keys(value as object).sort();
  const sorted = (keys: string) => keys.split(" ").sort();

  it("23. are shown with exactly the keys of the contract, everywhere", async () => {
    const { a, b } = people();
    const raw = async (route: Route, options: object = {}) => (await a.rest.send(route, options)).body as never;
    const { channel } = await a.rest.call(routes.openDirectMessage, { body: { userIds: [b.me.id] } });
    const { message } = await raw(routes.postDirectMessage, { params: { userId: b.me.id }, body: { content: "hi" } });
    const one: { user: unknown } = await raw(routes.getUser, { params: { id: b.me.id } });
    const list: { users: unknown[] } = await raw(routes.listUsers);
    const found: { users: unknown[] } = await raw(routes.searchUsers, { query: { query: "Member" } });
    const members: { members: { user: unknown }[] } = await raw(routes.listMembers, { params: { id: channel.id } });
    const dm: { channels: { participants: unknown[] }[] } = await raw(routes.listConversations);
    const others = [
      one.user,
      ...list.users,
      ...found.users,
      ...members.members.map((member) => member.user),
      ...dm.channels.flatMap(({ participants }) => participants),
    ];
    expect(others.length).toBeGreaterThan(8);
    for (const shown of others) expect(keysOf(shown)).toEqual(sorted(user));
    expect(keysOf((message as Message).user)).toEqual(["avatarUrl", "id", "name"]);

    const me: { user: unknown } = await raw(routes.me);
    const login = await a.rest.send(routes.login, { body: { email: a.email, password: a.password } });
    for (const shown of [me.user, (login.body as { user: unknown }).user]) expect(keysOf(shown)).toEqual(sorted(mine));
    const managedUsers = (await admin.rest.send(routes.adminListUsers)).body as { users: unknown[] };
    expect(managedUsers.users.length).toBeGreaterThan(3);
    for (const shown of managedUsers.users) expect(keysOf(shown)).toEqual(sorted(managed));
  });

  it("23. are shown over the socket with exactly those keys", async () => {
    const { a, outsider } = people();
    const channel = await a.createChannel(`keys-${randomUUID().slice(0, 8)}`);
    const frames: string[] = [];
    const socket = await SocketClient.connect(a.rest);
    socket.socket.on("message", (data: Buffer) => frames.push(data.toString()));
    await outsider.rest.call(routes.joinChannel, { params: { id: channel.id } });
    await socket.waitFor("member.joined", (event) => event.channelId === channel.id);
    const event = frames
      .flatMap((frame) => (JSON.parse(frame) as { events: { type: string; user: unknown }[] }).events)
      .find(({ type }) => type === "member.joined");
    expect(keysOf(event?.user)).toEqual(sorted(user));
    await socket.close();
  });
});

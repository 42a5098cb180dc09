import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import { WebSocket } from "ws";
import { Person } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { System, until } from "../src/system";
import { claimsOf, hs256, makeToken, secretsOf } from "../src/tokens";

let system: System;
let [a, b]: Person[] = [];
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  [a, b] = [await Person.signUp(system, "Person A"), await Person.signUp(system, "Person B")];
}, 120_000);
afterAll(() => system?.stop());

/** For the compiler: both are there once the system is. */
const both = () => {
  if (!a || !b) throw new Error("nobody");
  return { a, b };
};
const header = { alg: "HS256", typ: "JWT" };

/** The status by which a handshake is refused, or 101. */
async function handshake(url: string, origin?: string): Promise<string> {
  try {
    await (await SocketClient.open(url, origin)).close();
    return "101";
  } catch (error) {
    return /\d{3}/.exec((error as Error).message)?.[0] ?? String(error);
  }
}

describe("opening a socket", () => {
  it("26. takes a ticket that is ours, fresh and unused, and nothing else", async () => {
    const { rest } = both().a;
    const { url, ticket } = await rest.call(routes.createTicket);
    const { jwt } = secretsOf(system);
    const claims = claimsOf(ticket);
    const now = Math.floor(Date.now() / 1000);
    const fresh = () => ({ ...claims, jti: randomUUID() });
    const refused: [string, string][] = [
      ["none", ""],
      ["an empty one", "?ticket="],
      ["an expired one", `?ticket=${makeToken(header, { ...fresh(), iat: now - 120, exp: now - 60 }, hs256(jwt))}`],
      ["a foreign one", `?ticket=${makeToken(header, fresh(), hs256("some other installation's secret"))}`],
      ["one for something else", `?ticket=${makeToken(header, { ...fresh(), aud: "another" }, hs256(jwt))}`],
      ["one without an id", `?ticket=${makeToken(header, { ...claims, jti: undefined }, hs256(jwt))}`],
      [
        "one of a session that has ended",
        `?ticket=${makeToken(header, { ...fresh(), sid: "f".repeat(24) }, hs256(jwt))}`,
      ],
      ["one of another's session", `?ticket=${makeToken(header, { ...fresh(), sub: both().b.me.id }, hs256(jwt))}`],
      ["a bearer", `?ticket=${rest.token}`],
      ["a bearer by another name", `?token=${rest.token}&access_token=${rest.token}`],
    ];
    for (const [what, query] of refused) expect([what, await handshake(url + query)]).toEqual([what, "401"]);
    expect(await handshake(`${url}?ticket=${ticket}`)).toBe("101");
    expect(await handshake(`${url}?ticket=${ticket}`)).toBe("401");
  });

  it("26. takes a ticket once, however many try at once", async () => {
    const { url, ticket } = await both().a.rest.call(routes.createTicket);
    const tries = await Promise.all(Array.from({ length: 8 }, () => handshake(`${url}?ticket=${ticket}`)));
    expect(tries.filter((status) => status === "101")).toHaveLength(1);
    expect(tries.filter((status) => status === "401")).toHaveLength(7);
  });

  it("26. has a ticket that lives sixty seconds at most, in a URL without the bearer", async () => {
    const { rest } = both().a;
    const { url, ticket, expiresIn } = await rest.call(routes.createTicket);
    const { iat, exp } = claimsOf(ticket) as { iat: number; exp: number };
    expect([exp - iat, expiresIn]).toEqual([60, 60]);
    expect(ticket).not.toBe(rest.token);
    expect(url).not.toContain("?");
  });

  it("27. is for our own pages: every other origin is refused", async () => {
    const { rest } = both().a;
    const ours = [system.web, system.web.replace("localhost", "127.0.0.1")];
    const foreign = [
      "https://evil.example.com",
      "null",
      `${system.web}.evil.example.com`,
      `${system.web}@evil.example.com`,
      "http://localhost",
      system.web.replace("http:", "https:"),
      system.api,
    ];
    for (const [origins, status] of [
      [foreign, "403"],
      [ours, "101"],
    ] as const)
      for (const origin of origins) {
        const { url, ticket } = await rest.call(routes.createTicket);
        expect([origin, await handshake(`${url}?ticket=${ticket}`, origin)]).toEqual([origin, status]);
      }
  });
});

describe("an open socket", () => {
  it("28. writes and types only where its person is, as that person, whatever the frame claims", async () => {
    const { a, b } = both();
    const closed = await a.createChannel(`closed-${randomUUID().slice(0, 8)}`, [], "private");
    const open = await a.createChannel(`open-${randomUUID().slice(0, 8)}`, [b]);
    const [mine, theirs] = [await SocketClient.connect(a.rest), await SocketClient.connect(b.rest)];
    const forged = { userId: a.me.id, userName: a.me.name, sessionId: claimsOf(a.rest.token ?? "")["sid"] };
    const sendRaw = (frame: object) => theirs.socket.send(JSON.stringify({ ...frame, ...forged }));
    const [intrusion, honest] = [randomUUID(), randomUUID()];

    sendRaw({ action: "sendMessage", channelId: closed.id, content: "let me in", clientMessageId: intrusion });
    expect(await theirs.waitFor("error")).toMatchObject({ code: "not_found", clientMessageId: intrusion });
    sendRaw({ action: "typing", channelId: closed.id, isTyping: true });
    await until("typing is refused", () => theirs.of("error").length === 2);

    sendRaw({ action: "sendMessage", channelId: open.id, content: "as myself", clientMessageId: honest });
    sendRaw({ action: "typing", channelId: open.id, isTyping: true });
    const heard = await mine.waitFor("message.created", (event) => event.channelId === open.id);
    expect(heard.message).toMatchObject({ userId: b.me.id, user: { name: "Person B" } });
    expect(await mine.waitFor("typing")).toMatchObject({ channelId: open.id, userId: b.me.id, userName: "Person B" });
    expect(mine.of("typing").filter(({ channelId }) => channelId === closed.id)).toEqual([]);
    expect(await a.readAll(closed.id)).toEqual([]);
    await Promise.all([mine.close(), theirs.close()]);
  });

  it("28. does not let one impersonate the key of another's message", async () => {
    const { a, b } = both();
    const channel = await a.createChannel(`keys-${randomUUID().slice(0, 8)}`, [b]);
    const message = await a.post(channel.id, "mine");
    const socket = await SocketClient.connect(b.rest);
    const { clientMessageId } = message;
    socket.send({ action: "sendMessage", channelId: channel.id, content: "mine", clientMessageId });
    const { message: stored } = await socket.waitFor("ack", (event) => event.clientMessageId === clientMessageId);
    expect([stored.id === message.id, stored.userId]).toEqual([false, b.me.id]);
    await socket.close();
  });

  /** A socket of its own for a test that will see it closed. */
  const connect = async (): Promise<SocketClient> => SocketClient.connect(both().a.rest);
  const closeCode = async (client: SocketClient): Promise<number | undefined> => {
    await until("the socket is closed", () => client.closeCode !== undefined, 5000);
    return client.closeCode;
  };

  it("29. is closed with 1009 by a frame of more than 32 KB", async () => {
    const client = await connect();
    client.socket.send(JSON.stringify({ action: "ping", padding: "x".repeat(32 * 1024 - 40) }));
    await client.waitFor("pong");
    client.socket.send(JSON.stringify({ action: "ping", padding: "x".repeat(32 * 1024) }));
    expect(await closeCode(client)).toBe(1009);
  });

  it("29. is closed with 1009 by a message of more than 128 KB, in however small frames", async () => {
    const client = await connect();
    const frame = "x".repeat(30 * 1024);
    for (let i = 0; i < 6 && client.socket.readyState === WebSocket.OPEN; i++)
      client.socket.send(frame, { fin: false });
    expect(await closeCode(client)).toBe(1009);
  });

  it("29. answers binary and broken frames with an error, and is closed by the tenth", async () => {
    const client = await connect();
    const broken = [
      Buffer.from([1, 2, 3]),
      "{",
      "[]",
      "null",
      '"x"',
      '{"action":"fly"}',
      '{"action":"typing"}',
      Buffer.from('{"action":"ping"}'),
      '{"action":"__proto__"}',
    ];
    for (const frame of broken) client.socket.send(frame);
    await until("each is answered", () => client.of("error").length === broken.length);
    for (const event of client.of("error")) {
      expect(event.code).toBe("invalid_request");
      expect(event.error).not.toMatch(/Unexpected|SyntaxError|at .*:\d/);
    }
    client.send({ action: "ping" });
    await client.waitFor("pong");
    client.socket.send("the tenth");
    expect(await closeCode(client)).toBe(1008);
  });

  it("29. does no harm to the others by any of this", async () => {
    const client = await connect();
    client.send({ action: "ping" });
    await client.waitFor("pong");
    await client.close();
  });
});

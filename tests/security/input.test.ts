import { gzipSync } from "node:zlib";
import { ErrorBody, routes } from "@connectbest/contract";
import { sendRaw } from "../src/raw";
import { Person } from "../src/rest-client";
import { System } from "../src/system";

let system: System;
let person: Person;
let channelId: string;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  person = await Person.signUp(system, "Owner");
  channelId = (await person.createChannel("inputs")).id;
}, 120_000);
afterAll(() => system?.stop());

async function send(
  path: string,
  body?: string | Buffer,
  more: { method?: string; headers?: Record<string, string> } = {},
) {
  const headers = {
    authorization: `Bearer ${person.rest.token}`,
    ...(body !== undefined && { "content-type": "application/json" }),
    ...more.headers,
  };
  const started = performance.now();
  const method = more.method ?? (body === undefined ? "GET" : "POST");
  const answer = await sendRaw(`${system.api}${path}`, { method, headers, ...(body !== undefined && { body }) });
  return { ...answer, took: performance.now() - started };
}

/** @throws unless it is refused as a mistake of the caller's, in the wire's shape */
async function expectRefusal(answer: Promise<{ status: number; text: string }>, status = 400): Promise<void> {
  const { status: found, text } = await answer;
  expect([found, ErrorBody.parse(JSON.parse(text)).code]).toEqual([
    status,
    status === 413 ? "too_large" : "invalid_request",
  ]);
}

describe("what is sent in", () => {
  it("22. finds people and channels by plain text alone: patterns mean nothing, and cost nothing", async () => {
    const patterns = [".*", ".*(a+)+$", "^", "(?=.*)", "[a-z]+", "\\w", "$where", "a".repeat(100), "%", "_"];
    for (const pattern of patterns) {
      const query = encodeURIComponent(pattern);
      for (const path of [
        `/users/search?query=${query}`,
        `/chat/channels/browse?query=${query}`,
        `/admin/users?search=${query}`,
      ]) {
        const { status, text, took } = await send(path);
        expect([path, status]).toEqual([path, 200]);
        expect([path, /"(users|channels)":\[\]/.test(text)]).toEqual([path, true]);
        expect(took).toBeLessThan(100);
      }
    }
    const long = encodeURIComponent(`${"a".repeat(10_000)}!`);
    for (const path of [
      `/users/search?query=${long}`,
      `/chat/channels/browse?query=${long}`,
      `/admin/users?search=${long}`,
    ]) {
      const answer = await send(path);
      expect([path, answer.status]).toEqual([path, 400]);
      expect(answer.took).toBeLessThan(100);
    }
  });

  it("24. is no operator of the database in a body", async () => {
    const operators = [
      '{"$ne":null}',
      '{"$gt":""}',
      '{"$regex":".*"}',
      '{"$where":"sleep(3000)"}',
      "[]",
      '["a@b.example"]',
      "null",
      "1",
      "true",
    ];
    for (const operator of operators) {
      await expectRefusal(send("/auth/login", `{"email":${operator},"password":"x"}`));
      await expectRefusal(send("/auth/login", `{"email":"${person.email}","password":${operator}}`));
      await expectRefusal(send("/auth/forgot-password", `{"email":${operator}}`));
      await expectRefusal(send("/auth/verify-email", `{"token":${operator}}`));
      await expectRefusal(send("/auth/reset-password", `{"token":${operator},"newPassword":"something else 47"}`));
      await expectRefusal(send(`/chat/channels/${channelId}/members`, `{"userId":${operator}}`));
      await expectRefusal(send(`/chat/channels/${channelId}/messages`, `{"content":${operator}}`));
      await expectRefusal(send(`/chat/channels/${channelId}/read`, `{"seq":${operator === "1" ? '"1"' : operator}}`));
    }
  });

  it("24. is no operator in a query, and nothing that is given twice", async () => {
    const queries = [
      "limit[$gt]=1",
      "limit%5B%24gt%5D=1",
      "limit[]=1",
      "limit=1&limit=2",
      "cursor[$ne]=x",
      "cursor=a&cursor=b",
      "__proto__[limit]=1",
      "a[b][c]=1",
    ];
    for (const path of [
      "/users",
      "/chat/channels/browse",
      `/chat/channels/${channelId}/messages`,
      `/chat/channels/${channelId}/members`,
      "/admin/users",
      "/admin/audit-log",
    ])
      for (const query of queries) await expectRefusal(send(`${path}?${query}`));
    for (const id of ["$ne", "[object Object]", "__proto__", "1", "f".repeat(23), "F".repeat(24)])
      await expectRefusal(send(`/users/${encodeURIComponent(id)}`));
    await expectRefusal(send("/users/%E0%A4%A"));
  });

  it("24. is nobody's prototype", async () => {
    const valid = `{"email":"${person.email}","password":"${person.password}"}`;
    await expectRefusal(send("/auth/login", `{"__proto__":${valid}}`));
    await expectRefusal(send("/auth/login", `{"constructor":{"prototype":${valid}}}`));
    const change =
      '{"name":"Owner","__proto__":{"role":"admin","polluted":true},"preferences":{"__proto__":{"polluted":true}}}';
    expect((await send("/users/me", change, { method: "PUT" })).status).toBe(200);
    const synced = await send("/sync", '{"channels":{"__proto__":1,"constructor":1}}');
    expect(synced.status).toBe(400);
    for (const path of ["/auth/me", "/auth/status"]) expect((await send(path)).text).not.toContain("polluted");
    const stranger = await sendRaw(`${system.api}/admin/users`);
    expect(stranger.status).toBe(401);
  });

  it("25. is limited: lists to a hundred, bodies to a megabyte, nesting to what a body needs", async () => {
    for (const limit of ["100000", "101", "0", "-1", "1.5", "1e9", "NaN", "Infinity", ""]) {
      await expectRefusal(send(`/users?limit=${limit}`));
      await expectRefusal(send(`/chat/channels/${channelId}/messages?limit=${limit}`));
    }
    const large = JSON.stringify({ content: "x".repeat(1024 * 1024) });
    await expectRefusal(send(`/chat/channels/${channelId}/messages`, large), 413);
    await expectRefusal(send(`/chat/channels/${channelId}/messages`, `{"content":"x"}${" ".repeat(1024 * 1024)}`), 413);
    const deep = "[".repeat(5000) + "]".repeat(5000);
    const deepObjects = '{"a":'.repeat(5000) + "1" + "}".repeat(5000);
    for (const nested of [deep, deepObjects]) {
      await expectRefusal(send("/auth/login", nested));
      await expectRefusal(send(`/chat/channels/${channelId}/messages`, `{"content":${nested}}`));
      await expectRefusal(send("/sync", `{"channels":${nested}}`));
    }
  });

  it("25. does not unfold: a small compressed body that becomes a large one is too large", async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, " "));
    expect(bomb.length).toBeLessThan(100_000);
    await expectRefusal(send("/auth/login", bomb, { headers: { "content-encoding": "gzip" } }), 413);
  });

  it("25. takes no more than 5,000 characters for a message, and every one of them", async () => {
    const params = { id: channelId };
    const post = (content: string) => person.rest.send(routes.postMessage, { params, body: { content } });
    expect((await post("x".repeat(5001))).status).toBe(400);
    expect((await post("x".repeat(5000))).status).toBe(201);
  });
});

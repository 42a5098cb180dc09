import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { forward } from "./forward";

type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

let server: Server;
let apiUrl: string;
let handler: Handler;
let seen: IncomingMessage | null;

beforeAll(async () => {
  server = createServer((request, response) => {
    seen = request;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => handler(request, response, Buffer.concat(chunks)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = null;
  handler = (_request, response) => response.setHeader("content-type", "application/json").end('{"ok":true}');
});

const here = "http://chat.example.com";
const send = (path: string, init: RequestInit & { duplex?: "half" } = {}, bearer: string | null = "from-cookie") =>
  forward(new Request(here + path, { ...init, headers: { host: "chat.example.com", ...(init.headers as object) } }), {
    apiUrl,
    bearerOf: async () => bearer,
  });
const fromHere = { origin: here, cookie: "a=b" };

test("goes to the same path with the cookie's bearer and without the cookie", async () => {
  const response = await send("/api/users/search?query=a%20b", { headers: { cookie: "next-auth.session-token=x" } });
  expect(await response.json()).toEqual({ ok: true });
  expect(seen?.url).toBe("/api/users/search?query=a%20b");
  expect(seen?.headers.authorization).toBe("Bearer from-cookie");
  expect(seen?.headers.cookie).toBeUndefined();
});

test("a bearer of the caller's own goes before the cookie's", async () => {
  await send("/api/auth/me", { headers: { authorization: "Bearer own" } });
  expect(seen?.headers.authorization).toBe("Bearer own");
});

test("another kind of authorization is not passed on", async () => {
  await send("/api/auth/me", { headers: { authorization: "Basic eDp5" } }, null);
  expect(seen?.headers.authorization).toBeUndefined();
});

test("status and headers come back, cookies and hop-by-hop headers do not", async () => {
  handler = (_request, response) => {
    response.writeHead(429, {
      "content-type": "application/json",
      "x-request-id": "r1",
      "retry-after": "7",
      ratelimit: '"sends";r=0;t=7',
      "set-cookie": "x=y",
      "x-powered-by": "Express",
    });
    response.end("{}");
  };
  const response = await send("/api/chat/channels");
  expect(response.status).toBe(429);
  expect(Object.fromEntries(response.headers)).toMatchObject({ "x-request-id": "r1", "retry-after": "7" });
  expect(response.headers.get("ratelimit")).toBe('"sends";r=0;t=7');
  for (const name of ["set-cookie", "x-powered-by", "connection", "keep-alive"])
    expect(response.headers.has(name)).toBe(false);
});

test("the caller's address goes along", async () => {
  await send("/api/auth/me", { headers: { "x-forwarded-for": "203.0.113.7" } });
  expect(seen?.headers["x-forwarded-for"]).toBe("203.0.113.7");
});

test("bodies stream both ways: the answer begins before the request has ended", async () => {
  handler = () => undefined;
  server.once("request", (request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/plain" });
    request.pipe(response);
  });
  let push: (text: string) => void = () => undefined;
  let end: () => void = () => undefined;
  const body = new ReadableStream({
    start(controller) {
      push = (text) => controller.enqueue(new TextEncoder().encode(text));
      end = () => controller.close();
    },
  });
  push("first ");
  const response = await send("/api/upload", { method: "POST", headers: fromHere, body, duplex: "half" });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe("first ");
  push("second");
  end();
  expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe("second");
});

test("an answer without a body stays one, and a redirect is the browser's to follow", async () => {
  handler = (_request, response) => response.writeHead(204).end();
  expect((await send("/api/auth/logout", { method: "POST", headers: fromHere })).status).toBe(204);
  handler = (_request, response) => response.writeHead(302, { location: "https://files.example/x" }).end();
  const response = await send("/api/files/1");
  expect([response.status, response.headers.get("location")]).toEqual([302, "https://files.example/x"]);
});

test.each([
  ["a foreign origin", { cookie: "a=b", origin: "https://evil.example" }],
  ["a foreign port", { cookie: "a=b", origin: "http://chat.example.com:8080" }],
  ["an opaque origin", { cookie: "a=b", origin: "null" }],
  ["no origin", { cookie: "a=b" }],
])("with a cookie and %s nothing is changed", async (_, headers) => {
  const response = await send("/api/chat/channels", { method: "POST", headers, body: "{}" });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ code: "forbidden", requestId: expect.any(String) as string });
  expect(seen).toBeNull();
});

test.each(["text/plain", "application/x-www-form-urlencoded"])(
  "a cookie and a %s body change nothing",
  async (type) => {
    const headers = { ...fromHere, "content-type": type };
    expect((await send("/api/x", { method: "POST", headers, body: "{}" })).status).toBe(403);
  },
);

test("from this site, also behind a proxy that names it, something is", async () => {
  const json = { ...fromHere, "content-type": "application/json" };
  expect((await send("/api/x", { method: "POST", headers: json, body: "{}" })).status).toBe(200);
  const behind = { host: "10.0.0.1:3000", "x-forwarded-host": "chat.example.com", ...fromHere };
  expect((await send("/api/x", { method: "DELETE", headers: behind })).status).toBe(200);
});

test("a REST consumer without a cookie signs in through here", async () => {
  expect((await send("/api/auth/login", { method: "POST", body: "{}" }, null)).status).toBe(200);
});

test.each(["/api/internal/realtime/messages", "/api/INTERNAL/x", "/api//internal/x", "/api/x/../internal/x"])(
  "%s is not for browsers",
  async (path) => {
    expect((await send(path, { method: "POST", headers: { authorization: "Bearer x" } })).status).toBe(404);
    expect(seen).toBeNull();
  },
);

test("an API that is away is a sentence, a code and a time to come back", async () => {
  const response = await forward(new Request(`${here}/api/auth/me`), {
    apiUrl: "http://127.0.0.1:9",
    bearerOf: async () => null,
  });
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("5");
  const body = (await response.json()) as { requestId: string };
  expect(body).toEqual({
    error: expect.any(String) as string,
    code: "unavailable",
    requestId: expect.any(String) as string,
  });
  expect(response.headers.get("x-request-id")).toBe(body.requestId);
});

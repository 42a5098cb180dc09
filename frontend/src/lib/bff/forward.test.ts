import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { forward } from "./forward";
import { mayChangeState } from "./same-origin";

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
    publicUrl: here,
    visitor: { "x-visitor-address": "203.0.113.7", "x-visitor-proof": "ours" },
    bearerOf: async () => bearer,
  });
const fromHere = { origin: here, cookie: "a=b" };
const json = { "content-type": "application/json" };

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

test("who is calling is said by this server, whatever the browser claims", async () => {
  const claims = { "x-forwarded-for": "1.2.3.4", "x-real-ip": "1.2.3.4", forwarded: "for=1.2.3.4" };
  const forged = { "x-visitor-address": "1.2.3.4", "x-visitor-proof": "guessed" };
  await send("/api/auth/me", { headers: { ...claims, ...forged } });
  expect(seen?.headers).toMatchObject({ "x-visitor-address": "203.0.113.7", "x-visitor-proof": "ours" });
  for (const name of Object.keys(claims)) expect(seen?.headers[name]).toBeUndefined();
});

test("a file comes through as it is sent", async () => {
  handler = (_request, response) => {
    response.writeHead(200, {
      "content-type": "application/zip",
      "content-disposition": 'attachment; filename="my-data.zip"',
      "cache-control": "private, max-age=60",
    });
    response.end("PK");
  };
  const response = await send("/api/users/me/export");
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/zip",
    "content-disposition": 'attachment; filename="my-data.zip"',
    "cache-control": "private, max-age=60",
  });
  expect(await response.text()).toBe("PK");
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
  const response = await send("/api/upload", {
    method: "POST",
    headers: { ...fromHere, "content-type": "multipart/form-data; boundary=x" },
    body,
    duplex: "half",
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe("first ");
  push("second");
  end();
  expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe("second");
});

const megabyte = 1024 * 1024;

/** A browser that sends up to so many megabytes, as fast as they are taken. */
function largeUpload(most: number): { body: ReadableStream; sent: () => number } {
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (sent === most) return controller.close();
      sent++;
      controller.enqueue(new Uint8Array(megabyte));
    },
  });
  return { body, sent: () => sent };
}

/** Sends one through here to an API of its own. */
async function uploadTo(api: (request: IncomingMessage, response: ServerResponse) => void, body: ReadableStream) {
  const other = createServer(api);
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const headers = { ...fromHere, host: "chat.example.com", "content-type": "multipart/form-data; boundary=x" };
  const init: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" };
  const response = forward(new Request(`${here}/api/upload`, init), {
    apiUrl: `http://127.0.0.1:${(other.address() as AddressInfo).port}`,
    publicUrl: here,
    visitor: {},
    bearerOf: async () => "from-cookie",
  });
  const close = () => {
    other.closeAllConnections();
    other.close();
  };
  return { response, close };
}

test("of a large file no more is taken than the API takes", async () => {
  const { body, sent } = largeUpload(50);
  let incoming: IncomingMessage | undefined;
  const { response, close } = await uploadTo((request, answer) => {
    incoming = request;
    request.on("end", () => answer.writeHead(201).end("{}"));
  }, body);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(sent()).toBeLessThan(16);
  incoming?.resume();
  expect([(await response).status, sent()]).toEqual([201, 50]);
  close();
});

test("a refusal that comes before the file has ended is passed on", async () => {
  for (let i = 0; i < 5; i++) {
    const { body } = largeUpload(200);
    const { response, close } = await uploadTo((request, answer) => {
      answer.once("finish", () => request.destroy());
      answer.writeHead(413, { connection: "close", "content-type": "application/json" }).end('{"code":"too_large"}');
    }, body);
    const refused = await response;
    expect([refused.status, await refused.text()]).toEqual([413, '{"code":"too_large"}']);
    close();
  }
});

test("a part of a file is asked for and answered as such", async () => {
  handler = (_request, response) => {
    response.writeHead(206, {
      "content-type": "video/mp4",
      "content-range": "bytes 100-103/5000",
      "content-length": "4",
      "accept-ranges": "bytes",
    });
    response.end("part");
  };
  const response = await send("/api/files/1/content?signature=x", {
    headers: { range: "bytes=100-103", "if-range": '"v1"' },
  });
  expect(seen?.headers).toMatchObject({ range: "bytes=100-103", "if-range": '"v1"' });
  expect([response.status, Object.fromEntries(response.headers)]).toEqual([
    206,
    expect.objectContaining({
      "content-type": "video/mp4",
      "content-range": "bytes 100-103/5000",
      "content-length": "4",
      "accept-ranges": "bytes",
    }),
  ]);
  expect(await response.text()).toBe("part");
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
  [
    "a foreign origin that names itself as the host",
    { cookie: "a=b", origin: "https://evil.example", "x-forwarded-host": "evil.example", host: "evil.example" },
  ],
])("with a cookie and %s nothing is changed", async (_, headers) => {
  const response = await send("/api/chat/channels", { method: "POST", headers: { ...json, ...headers }, body: "{}" });
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

test("nor a cookie and a body of no kind", async () => {
  const body = new TextEncoder().encode("{}");
  for (const [name, value] of [
    ["content-length", "2"],
    ["transfer-encoding", "chunked"],
  ] as const)
    expect((await send("/api/x", { method: "POST", headers: { ...fromHere, [name]: value }, body })).status).toBe(403);
});

test("from this site, also behind a proxy that calls it otherwise, something is", async () => {
  expect((await send("/api/x", { method: "POST", headers: { ...fromHere, ...json }, body: "{}" })).status).toBe(200);
  const behind = { host: "10.0.0.1:3000", ...fromHere };
  expect((await send("/api/x", { method: "DELETE", headers: behind })).status).toBe(200);
});

test.each([
  ["http://localhost:3000", "http://127.0.0.1:3000", true],
  ["http://127.0.0.1:3000", "http://localhost:3000", true],
  ["http://localhost:3000", "http://127.0.0.1:4000", false],
  ["https://chat.example.com", "http://localhost", false],
  ["https://chat.example.com", "http://chat.example.com", false],
])("pages of %s may be called from %s: %s", (publicUrl, origin, may) => {
  const request = new Request(`${publicUrl}/api/x`, { method: "DELETE", headers: { origin, cookie: "a=b" } });
  expect(mayChangeState(request, publicUrl)).toBe(may);
});

test("a REST consumer without a cookie signs in through here", async () => {
  expect((await send("/api/auth/login", { method: "POST", body: "{}" }, null)).status).toBe(200);
});

describe("one click in a mail program (RFC 8058)", () => {
  const path = "/api/notifications/unsubscribe?token=x.y_z-1";
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const click = (headers: Record<string, string>, bearer: string | null = null) =>
    send(path, { method: "POST", headers, body: "List-Unsubscribe=One-Click" }, bearer);

  test("comes through: its server sends neither cookie nor origin", async () => {
    handler = (_request, response) => response.writeHead(204).end();
    expect((await click(form)).status).toBe(204);
    expect([seen?.method, seen?.url]).toEqual(["POST", path]);
  });

  test.each([
    ["another site's page", { ...form, origin: "https://evil.example" }],
    ["another site's page, of somebody who is signed in", { ...form, origin: "https://evil.example", cookie: "a=b" }],
    ["a form of our own", { ...form, ...fromHere }],
  ])("does not from %s", async (_, headers) => {
    expect((await click(headers)).status).toBe(403);
    expect(seen).toBeNull();
  });
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
    publicUrl: here,
    visitor: {},
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

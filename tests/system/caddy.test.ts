import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { WebSocket, WebSocketServer } from "ws";
import { readRoutes, type Asked, type Destination } from "../src/caddyfile";
import { freePorts } from "../src/ports";
import { sendRaw } from "../src/raw";
import { root, until } from "../src/system";

const file = path.join(root, "deploy/Caddyfile");
const bearer = { authorization: "Bearer abc.def.ghi" };
const opening = { connection: "keep-alive, Upgrade", upgrade: "websocket" };

/** What the load balancer on AWS does with each, and so what Caddy must. */
const table: [Asked, Destination][] = [
  ...["signin", "signout", "session", "csrf", "providers", "callback", "error", "_log"].flatMap(
    (action): [Asked, Destination][] => [
      [{ path: `/api/auth/${action}` }, "FRONTEND"],
      [{ path: `/api/auth/${action}/credentials`, headers: bearer }, "FRONTEND"],
    ],
  ),
  [{ path: "/api/auth/sessions", headers: bearer }, "API"],
  [{ path: "/api/auth/login" }, "FRONTEND"],
  [{ path: "/api/auth/login", headers: bearer }, "API"],
  [{ path: "/api/chat/channels", headers: bearer }, "API"],
  [{ path: "/api/chat/channels", headers: { Authorization: "bearer abc" } }, "API"],
  [{ path: "/api/chat/channels", headers: { authorization: "Basic abc" } }, "FRONTEND"],
  [{ path: "/api/chat/channels", headers: { cookie: "next-auth.session-token=abc" } }, "FRONTEND"],
  [{ path: "/api/chat/channels" }, "FRONTEND"],
  [{ path: "/api/health" }, "API"],
  [{ path: "/api/health/ready" }, "API"],
  [{ path: "/api/healthy" }, "FRONTEND"],
  [{ path: "/docs" }, "API"],
  [{ path: "/docs/swagger-ui.css" }, "API"],
  [{ path: "/docsx" }, "FRONTEND"],
  [{ path: "/" }, "FRONTEND"],
  [{ path: "/health" }, "FRONTEND"],
  [{ path: "/chat/abc" }, "FRONTEND"],
  [{ path: "/_next/static/chunks/a.js" }, "FRONTEND"],
  [{ path: "/api/internal" }, 404],
  [{ path: "/api/internal/realtime/messages" }, 404],
  [{ path: "/api/internal/realtime/messages", headers: bearer }, 404],
  [{ path: "/API/Internal/realtime/messages", headers: bearer }, 404],
  [{ path: "/live", headers: opening }, "GATEWAY"],
  [{ path: "/live", headers: { connection: "upgrade", upgrade: "WebSocket" } }, "GATEWAY"],
  [{ path: "/live" }, "FRONTEND"],
  [{ path: "/live/@connections/abc", headers: opening }, "FRONTEND"],
  [{ path: "/@connections/abc" }, "FRONTEND"],
  [{ path: "/deliveries", headers: bearer }, "API"],
];
const told = ({ path, headers }: Asked) => `${path} ${JSON.stringify(headers ?? {})}`;

describe("deploy/Caddyfile, read", () => {
  const destinationOf = readRoutes(readFileSync(file, "utf8"));

  it.each(table)("%j is for %s", (asked, destination) => expect(destinationOf(asked)).toBe(destination));

  it("names every path that next-auth answers in the frontend, and no other", () => {
    const route = readFileSync(path.join(root, "frontend/src/app/api/auth/[...nextauth]/route.ts"), "utf8");
    const own = /ownActions = new Set\(\[([^\]]*)\]/.exec(route)?.[1]?.match(/[\w]+/g) ?? [];
    const named = /\^\/api\/auth\/\(([^)]*)\)/.exec(readFileSync(file, "utf8"))?.[1]?.split("|");
    expect(own.length).toBeGreaterThan(5);
    expect(named).toEqual(own);
  });
});

const hasCaddy = spawnSync("caddy", ["version"]).status === 0;

(hasCaddy ? describe : describe.skip)("deploy/Caddyfile, by Caddy", () => {
  let folder: string;
  let caddy: ChildProcess;
  let door: string;
  const servers: Server[] = [];
  const sockets = new WebSocketServer({ noServer: true });

  /** Answers with its name and what it was told of the visitor, on HTTP and on a WebSocket. */
  async function standIn(name: string): Promise<number> {
    const server = createServer((request, response) => {
      response.setHeader("x-for", request.headers["x-forwarded-for"] ?? "");
      response.end(name);
    });
    server.on("upgrade", (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (opened) => opened.close(1000, name)),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-caddy-"));
    const [port = 0, ownPort = 0] = await freePorts(2);
    door = `http://127.0.0.1:${port}`;
    const upstreams: Record<string, string> = {};
    for (const name of ["API", "FRONTEND", "GATEWAY"]) upstreams[name] = `127.0.0.1:${await standIn(name)}`;
    const env = { PATH: process.env["PATH"], HOME: folder, CHAT_DOMAIN: door, ...upstreams };
    // On this machine alone, and with its own check where it is in nobody's way.
    const text = readFileSync(file, "utf8")
      .replace("{$CHAT_DOMAIN} {", "{$CHAT_DOMAIN} {\n\tbind 127.0.0.1")
      .replaceAll("2020", String(ownPort));
    const config = path.join(folder, "Caddyfile");
    writeFileSync(config, text);
    caddy = spawn("caddy", ["run", "--config", config, "--adapter", "caddyfile"], { env, stdio: "ignore" });
    await until("Caddy answers", () =>
      fetch(`http://127.0.0.1:${ownPort}/`).then(
        (response) => response.ok,
        () => false,
      ),
    );
  }, 30_000);
  afterAll(async () => {
    const exited = new Promise((resolve) => caddy.once("exit", resolve));
    caddy.kill("SIGTERM");
    await exited;
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is valid as it stands", () => {
    const env = { PATH: process.env["PATH"], HOME: folder, CHAT_DOMAIN: "chat.example.com" };
    const { status, stderr } = spawnSync("caddy", ["validate", "--config", file, "--adapter", "caddyfile"], {
      env,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining("not formatted") as string });
  });

  it.each(
    table
      .filter(([{ headers }]) => !headers || !("upgrade" in headers))
      .map(([asked, to]) => [told(asked), asked, to] as const),
  )("%s", async (_, asked, destination) => {
    const { status, text } = await sendRaw(`${door}${asked.path}`, { headers: asked.headers ?? {} });
    expect(status === 200 ? text : status).toBe(destination);
  });

  it("opens a WebSocket with the gateway, and with nobody else's path", async () => {
    const opened = (address: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address);
        socket.onclose = ({ reason }) => resolve(reason);
      });
    const at = door.replace("http", "ws");
    expect(await opened(`${at}/live?ticket=abc`)).toBe("GATEWAY");
    expect(await opened(`${at}/live/@connections/abc`)).toBe("FRONTEND");
  });

  it("keeps out of the internal routes however their path is written", async () => {
    for (const way of [
      "/api/%69nternal/realtime",
      "/api//internal/realtime",
      "/api/./internal/x",
      "/x/../api/internal/x",
    ])
      expect((await sendRaw(`${door}${way}`, { headers: bearer })).status).toBe(404);
  });

  it("tells the address of who calls, and not the one that a caller claims", async () => {
    const { headers } = await sendRaw(`${door}/`, { headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(headers["x-for"]).toBe("127.0.0.1");
  });
});

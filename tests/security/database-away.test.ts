import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ErrorBody, routes, type Route } from "@connectbest/contract";
import { freePorts } from "../src/ports";
import { Person } from "../src/rest-client";
import { root, System, until } from "../src/system";

/** A database of the test's own: the system would start its own again before anybody could ask. */
let [port = 0]: number[] = [];
let folder: string;
let database: ChildProcess;
let system: System;
let person: Person;

async function startDatabase(): Promise<void> {
  database = spawn(process.execPath, [path.join(root, "local/dist/database-main.js")], {
    env: { PATH: process.env["PATH"], PORT: String(port), DATA_DIR: folder, NODE_NO_WARNINGS: "1" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await new Promise((resolve) => database.once("message", resolve));
}

beforeAll(async () => {
  [port = 0] = await freePorts(1);
  folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-database-"));
  await startDatabase();
  system = await System.start({
    FRONTEND: "off",
    MONGODB_URI: `mongodb://127.0.0.1:${port}/secretname?replicaSet=rs0`,
  });
  person = await Person.signUp(system, "Owner");
}, 120_000);
afterAll(async () => {
  await system?.stop();
  database.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Words of the machinery, which no client is to see. */
const inside =
  /mongo|secretname|ECONN|127\.0\.0\.1|localhost|node_modules|\.(ts|js|cjs|mjs):\d+|\n\s+at |\/(work|home|usr|root|tmp)\/|(Type|Range|Syntax|Reference|Server)Error/i;

const account = { email: "somebody@example.com", password: "some password 47" };
const calls: [Route, unknown?][] = [
  [routes.listChannels],
  [routes.auditLog],
  [routes.createChannel, { name: "not-now" }],
  [routes.login, account],
  [routes.register, { ...account, name: "Somebody" }],
  [routes.forgotPassword, { email: account.email }],
  [routes.ready],
];

async function expectUnavailable(patience: number): Promise<void> {
  const started = performance.now();
  const answers = await Promise.all(
    calls.map(async ([route, body]) => {
      const response = await fetch(`${system.api}${route.path}`, {
        method: route.method.toUpperCase(),
        headers: { authorization: `Bearer ${person.rest.token}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(60_000),
      });
      return { route, response, text: await response.text(), took: performance.now() - started };
    }),
  );
  for (const { route, response, text, took } of answers) {
    expect([route.path, response.status]).toEqual([route.path, 503]);
    expect(ErrorBody.strict().parse(JSON.parse(text)).code).toBe("unavailable");
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(text).not.toMatch(inside);
    expect([route.path, took < patience]).toEqual([route.path, true]);
  }
  const health = await fetch(`${system.api}/health`);
  expect(health.status).toBe(200);
  expect(await health.text()).not.toMatch(inside);
}

describe("when the database is away", () => {
  it("38. every call says so in words that tell nothing more, and goes well again when it is back", async () => {
    database.kill("SIGKILL");
    await expectUnavailable(10_000);
    await startDatabase();
    await until("the API is ready again", () => system.apiIsReady(), 30_000);
    await until("calls are answered", async () => (await person.rest.send(routes.listChannels)).status === 200);
  }, 90_000);

  it("38. and does not even refuse, calls wait for it no longer than people do", async () => {
    database.kill("SIGSTOP");
    try {
      await expectUnavailable(20_000);
    } finally {
      database.kill("SIGCONT");
    }
    await until("the API is ready again", () => system.apiIsReady(), 30_000);
  }, 120_000);
});

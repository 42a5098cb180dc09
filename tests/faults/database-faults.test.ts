import { execFileSync } from "node:child_process";
import { routes } from "@connectbest/contract";
import { preload, withEnvironment } from "../src/preload";
import { Person } from "../src/rest-client";
import { pause, System, until } from "../src/system";
import { Crowd } from "./crowd";
import { long, say } from "./length";
import { OwnDatabase } from "./own-database";

let database: OwnDatabase;
let system: System;
afterEach(async () => {
  Crowd.dismiss();
  await system?.stop();
  await database?.remove();
});

/** Everything on a database that the test holds in its hands. */
async function startSystem(): Promise<void> {
  database = await OwnDatabase.prepare();
  await database.start();
  system = await System.start({ FRONTEND: "off", MONGODB_URI: database.uri });
}

const statusOf = (path: string): Promise<number> =>
  fetch(`${system.api}${path}`, { signal: AbortSignal.timeout(15_000) }).then(({ status }) => status);

/** Bytes of memory that a process holds. */
const memoryOf = (pid: number): number =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)]).toString()) * 1024;

it("3. the database killed with -9 under load: 503 with Retry-After within 5 s, service within 15 s of its return, nothing acknowledged is lost", async () => {
  await startSystem();
  const crowd = await Crowd.gather(system);
  crowd.start();
  for (let kill = 0; kill < long(1, 20); kill++) {
    await crowd.moreAcknowledged();
    await database.end("SIGKILL");
    const killedAt = performance.now();
    await pause(long(6000, 10_000));
    const away = performance.now();
    await database.start();
    const returned = performance.now();
    await crowd.moreAcknowledged(1);
    const service = performance.now() - returned;
    const during = crowd.attempts.filter(({ at, took }) => at > killedAt && at + took < away);
    const slowest = Math.max(...during.map(({ took }) => took));
    say(
      `3: ${during.length} attempts while away, slowest ${Math.round(slowest)} ms; service ${Math.round(service)} ms after its return`,
    );
    expect(during.length).toBeGreaterThan(0);
    expect(during.filter(({ status, retryAfter }) => status !== 503 || !(Number(retryAfter) > 0))).toEqual([]);
    // Also those that had begun before, and those that did not end before its return.
    const all = crowd.attempts.filter(({ at, took }) => at + took > killedAt && at < away);
    expect(Math.max(...all.map(({ took }) => took))).toBeLessThan(5000);
    expect(service).toBeLessThan(15_000);
  }
  await crowd.moreAcknowledged();
  await crowd.judge();
}, 600_000);

it("4. the database hung: calls end in bounded time, the API is alive but not ready, its memory stays flat, and it recovers", async () => {
  await startSystem();
  const crowd = await Crowd.gather(system);
  const api = system.pid("API");
  crowd.start();
  await crowd.moreAcknowledged(300);
  const memory = [memoryOf(api)];
  database.signal("SIGSTOP");
  const stopped = performance.now();
  try {
    await until("the API is not ready", async () => (await statusOf("/health/ready")) === 503);
    while (performance.now() - stopped < long(12_000, 30_000)) {
      expect([await statusOf("/health"), await statusOf("/health/ready")]).toEqual([200, 503]);
      memory.push(memoryOf(api));
      await pause(250);
    }
  } finally {
    database.signal("SIGCONT");
  }
  const resumed = performance.now();
  await until("the API is ready again", () => system.apiIsReady(), 30_000);
  await crowd.moreAcknowledged();
  const recovery = performance.now() - resumed;
  const slowest = Math.max(...crowd.attempts.filter(({ at }) => at < resumed).map(({ took }) => took));
  const [before = 0] = memory;
  const growth = Math.max(...memory) / before;
  say(
    `4: slowest call ${Math.round(slowest)} ms, memory ${Math.round(before / 1e6)} MB × ${growth.toFixed(2)}, level again after ${Math.round(recovery)} ms`,
  );
  expect(slowest).toBeLessThan(15_000);
  expect(growth).toBeLessThan(1.2);
  expect(crowd.failures[503]).toBeGreaterThan(0);
  await crowd.judge();
}, 180_000);

it("5. the database absent at start: the API waits, alive but not ready, and serves when it comes, unaided", async () => {
  database = await OwnDatabase.prepare();
  system = await System.prepare({ FRONTEND: "off" });
  preload(system, { API: withEnvironment({ MONGODB_URI: database.uri }) });
  let isStarted = false;
  const starting = system.start().then(() => (isStarted = true));
  try {
    await until("the API is alive", () =>
      statusOf("/health").then(
        (status) => status === 200,
        () => false,
      ),
    );
    const api = system.pid("API");
    // Longer than one attempt to connect takes.
    for (const end = Date.now() + long(6000, 30_000); Date.now() < end; await pause(250)) {
      expect([await statusOf("/health"), await statusOf("/health/ready")]).toEqual([200, 503]);
      const refused = await fetch(`${system.api}${routes.listChannels.path}`, {
        headers: { authorization: "Bearer x" },
      });
      expect(refused.status).toBeGreaterThanOrEqual(401);
    }
    expect(isStarted).toBe(false);
    await database.start();
    await starting;
    expect(system.pid("API")).toBe(api);
  } finally {
    await starting.catch(() => undefined);
  }
  const person = await Person.signUp(system, "Early Bird");
  const channel = await person.createChannel("at-last");
  const message = await person.post(channel.id, "here we are");
  expect(await person.readAll(channel.id)).toEqual([message]);
}, 120_000);

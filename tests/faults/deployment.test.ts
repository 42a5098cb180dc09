import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { routes, type Message } from "@connectbest/contract";
import { freePorts } from "../src/ports";
import { root, System, until } from "../src/system";
import { TcpProxy } from "../src/tcp-proxy";
import { Listener } from "./clients";
import { Crowd } from "./crowd";
import { say } from "./length";

let system: System;
let balancer: TcpProxy;
let crowd: Crowd;
let [secondPort = 0]: number[] = [];
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  balancer = await TcpProxy.start(Number(system.environment["PORT_API"]));
  [secondPort = 0] = await freePorts(1);
  crowd = await Crowd.gather(system, { api: `http://127.0.0.1:${balancer.port}/api` });
}, 120_000);
afterAll(async () => {
  Crowd.dismiss();
  await balancer?.stop();
  await system?.stop();
});

const environmentOf = (pid: number): Record<string, string> =>
  Object.fromEntries(
    readFileSync(`/proc/${pid}/environ`, "utf8")
      .split("\0")
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/api/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** A second API of the same installation, as a deployment starts it beside the first. */
async function startSecond(): Promise<ChildProcess> {
  const env = { ...environmentOf(system.pid("API")), PORT: String(secondPort) };
  const child = spawn(process.execPath, [path.join(root, "backend/dist/server.js")], { env, stdio: "ignore" });
  await until("the second API is ready", () => isReady(secondPort), 60_000);
  return child;
}

/** A send whose body is still on its way: `finish` ends it. */
function beginSlowly(port: number): { finish(): Promise<Message> } {
  const body = JSON.stringify({ content: "slow, but under way" });
  const headers = {
    authorization: `Bearer ${crowd.members[0]?.rest.token}`,
    "content-type": "application/json",
    "content-length": String(body.length),
  };
  const route = `/api${routes.postMessage.path.replace(":id", crowd.channel.id)}`;
  const call = request({ host: "127.0.0.1", port, path: route, method: "POST", headers });
  const answer = new Promise<Message>((resolve, reject) => {
    call.on("error", reject).on("response", (response) => {
      let text = "";
      response.on("data", (data: Buffer) => (text += data.toString()));
      response.on("end", () => resolve((JSON.parse(text) as { message: Message }).message));
    });
  });
  call.write(body.slice(0, 10));
  return {
    finish: () => {
      call.end(body.slice(10));
      return answer;
    },
  };
}

it("2. a deployment under load: the old process answers what is under way and ends by itself, no send fails after a repeat, nobody's socket closes", async () => {
  crowd.start();
  await crowd.moreAcknowledged();
  const second = await startSecond();
  const exited = new Promise<number | null>((resolve) => second.once("exit", resolve));
  let late: Message | undefined;
  try {
    balancer.target = secondPort;
    const first = system.pid("API");
    system.kill("API", "SIGTERM");
    await until(
      "the first has drained and its successor is ready",
      async () => system.pid("API") !== first && (await system.apiIsReady()),
      60_000,
    );
    await crowd.moreAcknowledged();

    // And back, with a send that is half way in.
    const slow = beginSlowly(secondPort);
    await crowd.moreAcknowledged();
    balancer.target = Number(system.environment["PORT_API"]);
    second.kill("SIGTERM");
    await until("the second takes nobody new", async () => !(await isReady(secondPort)));
    expect(second.exitCode).toBeNull();
    late = await slow.finish();
    expect(await exited).toBe(0);
    await crowd.moreAcknowledged();
  } finally {
    second.kill("SIGKILL");
  }
  await crowd.stopSending();
  expect(crowd.listeners.map((listener) => listener.connects)).toEqual([1, 1]);
  say(`2: ${crowd.attempts.length} attempts, not acknowledged at first: ${JSON.stringify(crowd.failures)}`);
  expect(system.output).toContain("API ended unexpectedly (code 0)");
  await crowd.judge(late && [late]);
}, 180_000);

it("2. a restart of the gateway: everybody comes back, spread over at least 10 s, and misses nothing", async () => {
  const others = crowd.members.slice(2).flatMap((member) => Array.from({ length: 25 }, () => member));
  const devices: Listener[] = [];
  for (const member of others) devices.push(await Listener.start(member, crowd.channel.id));
  try {
    system.kill("Gateway", "SIGTERM");
    await until("every socket is closed", () => devices.every(({ endings }) => endings.length > 0));
    expect(new Set(devices.map(({ endings }) => endings[0]))).toEqual(new Set([1012]));
    await until("everybody is back", () => devices.every(({ connects }) => connects === 2), 30_000);
    const times = devices.map(({ connectedAt }) => connectedAt);
    const spread = Math.max(...times) - Math.min(...times);
    say(`2: ${devices.length} devices came back over ${Math.round(spread)} ms`);
    expect(spread).toBeGreaterThan(10_000);
    const [last] = crowd.senders;
    await last?.send("said after the restart");
    await until("everybody has it", () => devices.every((device) => device.holds(crowd.acknowledged)));
  } finally {
    for (const device of devices) device.stop();
  }
}, 120_000);

import { pause, System, until, type Part } from "../src/system";
import { Crowd } from "./crowd";
import { long, say } from "./length";

let system: System;
beforeAll(async () => (system = await System.start({ FRONTEND: "off" })), 120_000);
afterEach(() => Crowd.dismiss());
afterAll(() => system?.stop());

/** Ends a part and waits until it is there again. */
async function restart(part: Part, signal: NodeJS.Signals): Promise<void> {
  const before = system.pid(part);
  system.kill(part, signal);
  await until(`the ${part} runs again`, async () => system.pid(part) !== before && (await system.apiIsReady()), 60_000);
}

async function killUnderLoad(crowd: Crowd, part: Part, times: number): Promise<void> {
  crowd.start();
  for (let kill = 0; kill < times; kill++) {
    // Under load again, then at whatever moment.
    await crowd.moreAcknowledged();
    await pause(Math.random() * 300);
    await restart(part, "SIGKILL");
  }
  await crowd.moreAcknowledged();
}

const kills = long(4, 200);

it(
  `1. the API killed with -9 under load, ${kills} times: nothing acknowledged is lost, nothing is stored twice`,
  async () => {
    const crowd = await Crowd.gather(system);
    await killUnderLoad(crowd, "API", kills);
    const stored = await crowd.judge();
    expect(crowd.failures[0]).toBeGreaterThan(0);
    say(`1: ${kills} kills, ${stored.length} messages, attempts not acknowledged: ${JSON.stringify(crowd.failures)}`);
  },
  60_000 + kills * 20_000,
);

it("1. the gateway killed with -9 under load: sends are not touched by it, everybody who listened connects again and is level", async () => {
  const crowd = await Crowd.gather(system);
  await killUnderLoad(crowd, "Gateway", long(2, 20));
  await until("everybody listens again", () => crowd.listeners.every((listener) => listener.isConnected), 60_000);
  const last = await crowd.senders[0]?.send("after it all");
  await until("the last is heard", () => crowd.listeners.every((listener) => last && listener.holds([last])), 60_000);
  const connects = crowd.listeners.map((listener) => listener.connects);
  expect(Math.min(...connects)).toBeGreaterThan(1);
  expect(crowd.failures).toEqual({});
  await crowd.judge();
}, 600_000);

import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import type { Person } from "../src/rest-client";
import { pause, System, until } from "../src/system";
import { Device } from "./device";
import { percentile } from "./statistics";
import { markdownTable } from "./table";
import { createLargeChannel, signUpAll } from "./workspace";

const people = 500;
const devicesEach = 2;
/** Messages a second that are sent meanwhile. */
const rate = 5;
const patience = 60_000;

/** Sends at an even rate until told to stop, each until it is acknowledged. */
function sendEvenly(senders: Person[], channelId: string): { stop(): Promise<number> } {
  let last = 0;
  const under: Promise<void>[] = [];
  const send = async (person: Person) => {
    const body = { content: "What was said meanwhile.", clientMessageId: randomUUID() };
    for (;;) {
      const answer = await person.rest
        .send(routes.postMessage, { params: { id: channelId }, body })
        .catch(() => undefined);
      if (answer && answer.status < 300) {
        last = Math.max(last, (answer.body as { message: { rev: number } }).message.rev);
        return;
      }
      await pause(200);
    }
  };
  let nth = 0;
  const timer = setInterval(() => {
    const person = senders[nth++ % senders.length];
    if (person) under.push(send(person));
  }, 1000 / rate);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(under);
      return last;
    },
  };
}

async function storm(
  system: System,
  devices: Device[],
  senders: Person[],
  channelId: string,
  nth: number,
): Promise<string[]> {
  const sending = sendEvenly(senders, channelId);
  await pause(1000);
  const killedAt = performance.now();
  system.kill("Gateway");
  await until("every socket is closed", () => devices.every(({ closes }) => closes === nth));
  await until("everybody is back", () => devices.every(({ backAt }) => backAt !== undefined), patience);
  const last = await sending.stop();
  await until("everybody is level", () => devices.every(({ level }) => level >= last), patience);
  const allLevel = performance.now() - killedAt;
  const times = devices.map(({ backAt }) => ((backAt ?? 0) - killedAt) / 1000);
  const gaps = devices.reduce((sum, device) => sum + device.gaps, 0);
  for (const device of devices) device.gaps = 0;
  const again = devices.reduce((sum, { attempts }) => sum + attempts - 1, 0);
  return [
    ...[0.5, 0.99, 1].map((share) => percentile(times, share).toFixed(1)),
    (allLevel / 1000).toFixed(1),
    String(again),
    String(gaps),
  ];
}

/** How long somebody needs who has missed a thousand messages in twenty channels: each time as their own device. */
async function missed(people: Person[], rounds: number): Promise<string> {
  const [owner, away] = people;
  if (!owner || !away) throw new Error("Somebody must be away.");
  const held: Record<string, number> = {};
  for (let i = 0; i < 20; i++) {
    const channel = await owner.createChannel(`away-${i}`, [away]);
    for (let n = 0; n < 50; n++) await owner.post(channel.id, `Message ${n} while somebody was away.`);
    held[channel.id] = channel.rev;
  }
  const times: number[] = [];
  let brought = 0;
  for (let i = 0; i < 10 * rounds; i++) {
    const begun = performance.now();
    const { channels } = await away.rest.call(routes.sync, { body: { channels: held } });
    times.push(performance.now() - begun);
    brought = channels.reduce((sum, { messages }) => sum + messages.length, 0);
  }
  return `Somebody who has missed ${brought} messages in 20 channels is level after one sync: p50 ${percentile(times, 0.5).toFixed(0)} ms, longest ${percentile(times, 1).toFixed(0)} ms of ${times.length}.`;
}

/**
 * The gateway is killed under a thousand sockets.
 * @returns a table of the seconds from the kill until each device was level again, and how long a long absence takes
 */
export async function benchStorm(rounds: number): Promise<string> {
  const system = await System.start({ FRONTEND: "off" });
  const everybody = await signUpAll(system, people);
  const [owner, ...others] = everybody;
  if (!owner) throw new Error("Nobody is there.");
  const channel = await createLargeChannel(owner, "storm", others);
  const devices = everybody.flatMap((person) =>
    Array.from({ length: devicesEach }, () => new Device(person, channel.id)),
  );
  try {
    for (const device of devices) {
      await device.connect();
      device.backAt = 0;
    }
    const rows: string[][] = [];
    for (let round = 1; round <= rounds; round++)
      rows.push([String(round), ...(await storm(system, devices, everybody.slice(0, 10), channel.id, round))]);
    for (const device of devices) device.close();
    const table = markdownTable(
      ["round", "p50 s", "p99 s", "longest s", "all level s", "failed attempts", "gaps filled"],
      rows,
    );
    return `${table}\n\n${await missed(everybody, rounds)}`;
  } finally {
    for (const device of devices) device.close();
    await system.stop();
  }
}

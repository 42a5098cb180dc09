import { readFileSync } from "node:fs";
import os from "node:os";
import { parseArgs } from "node:util";
import { isEjabberdInstalled, packages } from "./ejabberd";
import { startFloor } from "./floor";
import { startHotChannel } from "./hot-channel";
import { benchGrowth } from "./growth";
import { benchLogin } from "./login";
import { benchOffice } from "./office";
import { startPeer } from "./peer";
import { benchPosts } from "./posts";
import { benchReading } from "./reading";
import { runRound, type Round, type Target } from "./rounds";
import { benchSearch } from "./search";
import { benchStorm } from "./storm";
import { median } from "./statistics";
import { markdownTable } from "./table";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    members: { type: "string", default: "100" },
    bytes: { type: "string", default: "200" },
    seconds: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
    rates: { type: "string", default: "20,100,300" },
    sender: { type: "string", default: "gateway" },
    peer: { type: "string", default: "ejabberd" },
    messages: { type: "string", default: "100000" },
    people: { type: "string", default: "500" },
  },
});
const [members, bytes, seconds, rounds] = [values.members, values.bytes, values.seconds, values.rounds].map(Number);
const rates = values.rates.split(",").map(Number);
const senders = values.sender.split(",") as ("gateway" | "apigateway")[];

function summarize(all: Round[]): string[] {
  const [first] = all;
  const of = (pick: (round: Round) => number, digits = 0) => median(all.map(pick)).toFixed(digits);
  const total = (pick: (round: Round) => number) => String(all.reduce((sum, round) => sum + pick(round), 0));
  return [
    first?.name ?? "",
    String(first?.rate ?? 0),
    of((round) => round.p50, 1),
    of((round) => round.p99, 1),
    total((round) => round.sent),
    total((round) => round.lost),
    total((round) => round.failed),
    of((round) => round.cpuPerDelivery, 1),
    of((round) => round.resident),
  ];
}

const head = [
  "what",
  "msg/s",
  "p50 ms",
  "p99 ms",
  "sent",
  "lost",
  "failed",
  "server CPU µs/delivery",
  "servers RSS MB",
];

function printMachine(title: string): void {
  const model = /model name\s*:\s*(.*)/.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "unknown CPU";
  process.stdout.write(
    `${title}\n${os.cpus().length} × ${model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}\n\n`,
  );
}

/** Hot channel: everything in one run, rounds interleaved, medians reported. */
async function hotChannel(): Promise<void> {
  printMachine(
    `Hot channel: ${members} members, ${bytes} bytes, ${seconds} s a round, medians of ${rounds} interleaved rounds`,
  );
  const hasPeer = values.peer !== "off" && isEjabberdInstalled();
  if (values.peer !== "off" && !hasPeer)
    process.stderr.write(`Measured without the peer, which \`apt-get install ${packages}\` adds.\n\n`);
  const targets: Target[] = [];
  try {
    targets.push(await startFloor(members ?? 100, bytes ?? 200));
    if (hasPeer) targets.push(await startPeer(members ?? 100, bytes ?? 200));
    for (const sender of senders) targets.push(await startHotChannel(sender, members ?? 100, bytes ?? 200));
    for (const target of targets) await runRound(target, 50, 2);
    const results = new Map<string, Round[]>();
    for (let round = 0; round < (rounds ?? 3); round++)
      for (const rate of rates)
        for (const target of targets) {
          const key = `${target.name} ${rate}`;
          results.set(key, [...(results.get(key) ?? []), await runRound(target, rate, seconds ?? 10)]);
        }
    process.stdout.write(`${markdownTable(head, [...results.values()].map(summarize))}\n`);
  } finally {
    for (const target of targets) await target.stop();
  }
}

async function posts(): Promise<void> {
  printMachine(`Posts to API Gateway, medians of ${rounds} interleaved rounds of 4,000`);
  process.stdout.write(`${await benchPosts(rounds ?? 3)}\n`);
}

async function login(): Promise<void> {
  printMachine(`Sign-ins: ${seconds} s a round, medians of ${rounds} interleaved rounds, bcrypt cost 12`);
  process.stdout.write(`${await benchLogin(seconds ?? 60, rounds ?? 3)}\n`);
}

async function search(): Promise<void> {
  printMachine(`Search over ${values.messages} messages, ${rounds} interleaved rounds of 20 queries of each kind`);
  process.stdout.write(`${await benchSearch(Number(values.messages), rounds ?? 3)}\n`);
}

async function office(): Promise<void> {
  const size = { people: Number(values.people), messages: Number(values.messages), seconds: seconds ?? 900 };
  printMachine(`Office: ${size.people} people, ${size.messages} messages, ${size.seconds} s`);
  process.stdout.write(`${await benchOffice(size)}\n`);
}

async function storm(): Promise<void> {
  printMachine(`Storm: 1,000 sockets of 500 people come back within 10 s, ${rounds} rounds`);
  process.stdout.write(`${await benchStorm(rounds ?? 3)}\n`);
}

async function growth(): Promise<void> {
  printMachine(`Growth up to ${values.messages} messages in a channel, medians of ${rounds} interleaved rounds`);
  process.stdout.write(`${await benchGrowth(Number(values.messages), rounds ?? 3)}\n`);
}

async function reading(): Promise<void> {
  printMachine(`Reading a channel of ${values.messages} messages in Chromium, medians of ${rounds} rounds`);
  process.stdout.write(`${await benchReading(Number(values.messages), rounds ?? 3)}\n`);
}

const profiles: Record<string, () => Promise<void>> = {
  "hot-channel": hotChannel,
  login,
  posts,
  search,
  office,
  storm,
  growth,
  reading,
};
const name = positionals[0] ?? "hot-channel";
const profile =
  profiles[name] ??
  (() => Promise.reject(new Error(`There is no profile ${name}: ${Object.keys(profiles).join(", ")}.`)));

profile().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);

import { routes, type Channel } from "@connectbest/contract";
import mongoose from "mongoose";
import { Person } from "../src/rest-client";
import { System, until } from "../src/system";
import { residentOf } from "./processes";
import { pick, randomFrom, type Random } from "./random";
import { isIndexed } from "./indexing";
import { seedMessages } from "./seed-messages";
import { percentile } from "./statistics";
import { markdownTable } from "./table";

const people = 20;
const channels = 60;
/** Of which the one who searches is in so many. */
const joined = 50;
/** Queries of each kind in one round. */
const perRound = 20;
/** How long the first indexing may take, in milliseconds. */
const patience = 3_600_000;

const isSpaced = (text: string) => /\p{L} \p{L}/u.test(text);
const hasScript = (script: RegExp) => (text: string) => script.test(text);

/** Some neighbouring words of a text. */
function wordsOf(text: string, count: number, random: Random): string {
  const words = text.split(/\s+/);
  const at = Math.floor(random() * Math.max(1, words.length - count + 1));
  return words.slice(at, at + count).join(" ");
}

/** A part of a text, of so many characters. */
function partOf(text: string, length: number, random: Random): string {
  const characters = [...text];
  const at = Math.floor(random() * Math.max(1, characters.length - length + 1));
  return characters.slice(at, at + length).join("");
}

const quote = (text: string) => `"${text.replace(/"/g, '\\"')}"`;

/** Queries of each kind, made of messages that are there. */
function kindsOf(samples: string[], random: Random): [name: string, query: () => string][] {
  const sample = (fits: (text: string) => boolean) => pick(samples.filter(fits), random);
  const english = () => sample(hasScript(/^[a-z ]{20,}/));
  const longest = (text: string) => text.split(/\s+/).reduce((a, b) => (b.length > a.length ? b : a));
  const common = () => pick(["the", "to", "and", "meeting", "deploy", "customer", "review"], random);
  return [
    ["longest word of a message", () => longest(english())],
    ["common word", common],
    ["two words", () => wordsOf(sample(isSpaced), 2, random)],
    ["part of 2 characters", () => quote(partOf(english(), 2, random))],
    ["part of 3 to 8 characters", () => quote(partOf(pick(samples, random), 3 + Math.floor(random() * 6), random))],
    ["phrase", () => quote(wordsOf(sample(isSpaced), 3, random))],
    ["nothing to be found", () => `${longest(english())}zqx`],
    ["in:#channel", () => `in:#bench-${Math.floor(random() * joined)} ${common()}`],
    ["from:@person", () => `from:@member.${Math.floor(random() * people)} ${common()}`],
    ["without (-word)", () => `${common()} -of -please -${longest(english())}`],
    ["date and has:", () => `before:2026-03-01 has:link ${common()}`],
    [
      "Chinese, Japanese",
      () =>
        partOf(
          sample(hasScript(/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u)),
          2 + Math.floor(random() * 3),
          random,
        ),
    ],
    [
      "Korean, Thai, Hindi",
      () =>
        wordsOf(sample(hasScript(/[\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}]/u)), 1, random).slice(0, 12),
    ],
    [
      "Arabic, Hebrew, Greek, Russian",
      () =>
        wordsOf(
          sample(hasScript(/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Greek}\p{Script=Cyrillic}]/u)),
          1,
          random,
        ),
    ],
    [
      "address or identifier",
      () =>
        partOf(
          sample(hasScript(/10\.\d+\.|[0-9a-f]{40}|PROJ-/))
            .split(" ")
            .at(-1) ?? "",
          10,
          random,
        ),
    ],
  ];
}

interface Stage {
  system: System;
  asker: Person;
  db: mongoose.mongo.Db;
}

/** A workspace with so many messages, of which the last in each channel was sent as people send. */
async function prepare(messages: number): Promise<Stage & { seconds: number }> {
  const system = await System.start({ FRONTEND: "off" });
  const everybody: Person[] = [];
  for (let i = 0; i < people; i++) everybody.push(await Person.signUp(system, `Member ${i}`));
  const [asker, owner, ...others] = everybody;
  if (!asker || !owner) throw new Error("A search needs somebody who searches.");
  const made: Channel[] = [];
  for (let i = 0; i < channels; i++)
    made.push(await owner.createChannel(`bench-${i}`, i < joined ? [asker, ...others] : others));
  const { connection } = await mongoose.connect(system.databaseUri);
  if (!connection.db) throw new Error("Not connected.");
  const userIds = everybody.map(({ me }) => me.id);
  await seedMessages(connection.db, { channelIds: made.map(({ id }) => id), userIds }, messages);
  const begun = Date.now();
  for (const { id } of made)
    await owner.rest.call(routes.postMessage, { params: { id }, body: { content: "And so it began." } });
  await until("all is indexed", () => isIndexed(connection.db as mongoose.mongo.Db), patience);
  return { system, asker, db: connection.db, seconds: (Date.now() - begun) / 1000 };
}

const indexBytes = async (db: mongoose.mongo.Db): Promise<number> => {
  const manifest = await db.collection("searchManifest").findOne({});
  const segments = (manifest?.["segments"] ?? []) as { bytes: number }[];
  return segments.reduce((sum, { bytes }) => sum + bytes, 0);
};

/** What some messages say, each channel's as likely as any other's. */
async function sampleTexts(db: mongoose.mongo.Db, count: number, random: Random): Promise<string[]> {
  const channels = await db.collection("channels").find().toArray();
  const texts: string[] = [];
  while (texts.length < count) {
    const { _id, rev } = pick(channels, random);
    const message = await db.collection("messages").findOne({ channelId: _id, rev: 1 + Math.floor(random() * rev) });
    texts.push(String(message?.["content"] ?? ""));
  }
  return texts;
}

/** @returns tables: the times of each kind of query, and what the index costs */
export async function benchSearch(messages: number, rounds: number): Promise<string> {
  const { system, asker, db, seconds } = await prepare(messages);
  try {
    const random = randomFrom(7);
    const samples = (await sampleTexts(db, 2000, random)).filter((text) => text.length > 20);
    const kinds = kindsOf(samples, random);
    const times = new Map<string, number[]>(kinds.map(([name]) => [name, []]));
    const found = new Map<string, number[]>(kinds.map(([name]) => [name, []]));
    const cut = new Map<string, number>();
    for (let round = -1; round < rounds; round++)
      for (let i = 0; i < (round < 0 ? 2 : perRound); i++)
        for (const [name, query] of kinds) {
          const q = query();
          const sent = performance.now();
          const { results, nextCursor } = await asker.rest.call(routes.search, { query: { q, limit: 50 } });
          // The first round wakes everything up.
          if (round < 0) continue;
          times.get(name)?.push(performance.now() - sent);
          found.get(name)?.push(results.length);
          if (nextCursor && results.length < 50) cut.set(name, (cut.get(name) ?? 0) + 1);
        }
    const row = (name: string, own: number[], hits: number[], short: number) => [
      name,
      ...[0.5, 0.95, 1].map((share) => percentile(own, share).toFixed(0)),
      String(percentile(hits, 0.5)),
      String(short),
    ];
    const rows = kinds.map(([name]) => row(name, times.get(name) ?? [], found.get(name) ?? [], cut.get(name) ?? 0));
    const all = row(
      "all",
      [...times.values()].flat(),
      [...found.values()].flat(),
      [...cut.values()].reduce((a, b) => a + b, 0),
    );
    const table = markdownTable(
      ["query", "p50 ms", "p95 ms", "longest ms", "results (p50)", "cut short"],
      [...rows, all],
    );
    const megabytes = ((await indexBytes(db)) / 1e6).toFixed(0);
    const resident = residentOf(system.pid("API")).toFixed(0);
    return `${table}\n\nIndexing all of them took ${seconds.toFixed(0)} s beside an idle server; the index has ${megabytes} MB, the API ${resident} MB resident.`;
  } finally {
    await mongoose.disconnect();
    await system.stop();
  }
}

import { routes, type Channel } from "@connectbest/contract";
import type mongoose from "mongoose";
import type { Person } from "../src/rest-client";
import { System, until } from "../src/system";
import { isIndexed } from "./indexing";
import { randomFrom } from "./random";
import { seedMessages } from "./seed-messages";
import { median } from "./statistics";
import { markdownTable } from "./table";
import { createLargeChannel, signUpAll, withDatabase } from "./workspace";

const memberCounts = [10, 100, 1000];
/** Calls of each kind in one round. */
const perRound = 20;
const indexingPatience = 3_600_000;

interface Place {
  name: string;
  channel: Channel;
  person: Person;
  /** Ids of messages all over the channel. */
  samples: string[];
}

type Probe = (place: Place, nth: number) => Promise<unknown>;

const at = <T>(items: T[], nth: number): T => items[nth % items.length] as T;

/** What must not become slower as a channel grows. */
const probes: [name: string, probe: Probe][] = [
  ["newest page of 50", ({ person, channel }) => page(person, channel, {})],
  [
    "page before any message",
    ({ person, channel, samples }, nth) => page(person, channel, { before: at(samples, nth) }),
  ],
  [
    "page around any message",
    ({ person, channel, samples }, nth) => page(person, channel, { around: at(samples, nth) }),
  ],
  ["my channels, with unread counts", ({ person }) => person.rest.call(routes.listChannels)],
  [
    "mark unread near the end, and read",
    async ({ person, samples, channel }) => {
      await person.rest.call(routes.markUnread, { params: { id: samples.at(-1) ?? "" } });
      const { rev } = (await person.rest.call(routes.getChannel, { params: { id: channel.id } })).channel;
      await person.rest.call(routes.markRead, { params: { id: channel.id }, body: { seq: rev } });
    },
  ],
  ["send", ({ person, channel }, nth) => person.post(channel.id, `Something said for the ${nth}th time.`)],
  [
    "search in the channel",
    ({ person, channel }, nth) =>
      person.rest.call(routes.search, {
        query: { q: `in:#${channel.name ?? ""} ${at(["meeting", "deploy", "customer", "review"], nth)}`, limit: 20 },
      }),
  ],
];

const page = (person: Person, { id }: Channel, where: { before?: string; around?: string }) =>
  person.rest.call(routes.listMessages, { params: { id }, query: { limit: 50, ...where } });

async function samplesOf(db: mongoose.mongo.Db, channel: Channel, count: number): Promise<string[]> {
  const { _id, rev } = (await db.collection("channels").findOne({ name: channel.name })) ?? { _id: null, rev: 0 };
  const random = randomFrom(3);
  // Not among the first fifty, for a page before those is a short one.
  const seqs = Array.from({ length: 40 }, () => Math.floor(count * (0.1 + 0.85 * random())));
  seqs.push(Number(rev) - 20);
  const found = await Promise.all(
    seqs.map((seq) => db.collection("messages").findOne({ channelId: _id, parentId: null, seq: { $gte: seq } })),
  );
  return found.flatMap((message) => (message ? [String(message._id)] : []));
}

/** Milliseconds of each probe in each place, medians of interleaved rounds. */
async function measure(places: Place[], rounds: number): Promise<string> {
  const rows: string[][] = [];
  for (const [name, probe] of probes) {
    const times = places.map((): number[] => []);
    for (let round = -1; round < rounds; round++)
      for (let nth = 0; nth < perRound; nth++)
        for (const [i, place] of places.entries()) {
          const begun = performance.now();
          await probe(place, nth);
          // The first round wakes everything up.
          if (round >= 0) times[i]?.push(performance.now() - begun);
        }
    const medians = times.map(median);
    const ratio = (medians.at(-1) ?? 0) / (medians[0] ?? 1);
    rows.push([name, ...medians.map((value) => value.toFixed(1)), ratio.toFixed(2)]);
  }
  return markdownTable(["", ...places.map(({ name }) => name), "last/first"], rows);
}

/**
 * The same calls in small channels and in large ones, in turn.
 * @param most messages in the largest channel: a power of ten from 10^3
 * @returns two tables: by messages, and by members
 */
export async function benchGrowth(most: number, rounds: number): Promise<string> {
  const system = await System.start({ FRONTEND: "off" });
  try {
    const people = await signUpAll(system, memberCounts.at(-1) ?? 0);
    const sizes: number[] = [];
    for (let size = 1000; size <= most; size *= 10) sizes.push(size);
    const bySize: Place[] = [];
    const byMembers: Place[] = [];
    await withDatabase(system, async (db) => {
      // Each place has a person of its own, so that the list of their channels is of one length.
      for (const [i, size] of sizes.entries()) {
        const person = people[i + 1] as Person;
        const channel = await person.createChannel(`messages-${size}`);
        await seedMessages(db, { channelIds: [channel.id], userIds: [person.me.id] }, size);
        bySize.push({ name: size.toLocaleString("en"), channel, person, samples: await samplesOf(db, channel, size) });
      }
      for (const [i, count] of memberCounts.entries()) {
        const person = people[i + 1 + sizes.length] as Person;
        const others = people.filter((one) => one !== person).slice(-(count - 1));
        const channel = await createLargeChannel(person, `members-${count}`, others);
        await seedMessages(db, { channelIds: [channel.id], userIds: [person.me.id] }, 1000);
        byMembers.push({ name: `${count} members`, channel, person, samples: await samplesOf(db, channel, 1000) });
      }
      for (const { person, channel } of [...bySize, ...byMembers]) await person.post(channel.id, "And so it began.");
      await until("all is indexed", () => isIndexed(db), indexingPatience);
    });
    const tables = [await measure(bySize, rounds), await measure(byMembers, rounds)];
    return `Median ms by messages in the channel:\n\n${tables[0]}\n\nMedian ms by members of the channel, 1,000 messages:\n\n${tables[1]}`;
  } finally {
    await system.stop();
  }
}

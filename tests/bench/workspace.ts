import { routes, type Channel } from "@connectbest/contract";
import mongoose from "mongoose";
import { Person } from "../src/rest-client";
import { System } from "../src/system";
import { pick, type Random } from "./random";
import { seedMessages } from "./seed-messages";

/** People who register at once while a workspace is made. */
const breadth = 8;

export async function signUpAll(system: System, count: number): Promise<Person[]> {
  const people: Person[] = [];
  for (let from = 0; from < count; from += breadth) {
    const names = Array.from({ length: Math.min(breadth, count - from) }, (_, i) => `Member ${from + i}`);
    people.push(...(await Promise.all(names.map((name) => Person.signUp(system, name)))));
  }
  return people;
}

/** People that one call may add. */
const mostAdded = 100;

/** A channel of however many: those who cannot be added as it is made come by themselves. */
export async function createLargeChannel(owner: Person, name: string, others: Person[]): Promise<Channel> {
  const channel = await owner.createChannel(name, others.slice(0, mostAdded));
  for (const person of others.slice(mostAdded))
    await person.rest.call(routes.joinChannel, { params: { id: channel.id } });
  return channel;
}

/** The database of a system, for writing what would take too long to send. */
export async function withDatabase<T>(system: System, work: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> {
  const connection = await mongoose.createConnection(system.databaseUri).asPromise();
  try {
    if (!connection.db) throw new Error("Not connected.");
    return await work(connection.db);
  } finally {
    await connection.close();
  }
}

export interface Room {
  channel: Channel;
  members: Person[];
}

export interface Workspace {
  system: System;
  people: Person[];
  /** The first is everybody's. */
  rooms: Room[];
  roomsOf(person: Person): Room[];
}

interface Size {
  people: number;
  rooms: number;
  /** Members of every channel but the first. */
  members: number;
  messages: number;
}

/** A workspace as it is after years: all is read up to the latest few messages of each channel. */
export async function startWorkspace(size: Size, random: Random): Promise<Workspace> {
  const system = await System.start({ FRONTEND: "off" });
  const people = await signUpAll(system, size.people);
  const [owner] = people;
  if (!owner) throw new Error("A workspace needs somebody.");
  const rooms: Room[] = [];
  for (let i = 0; i < size.rooms; i++) {
    const members = new Set(i === 0 ? people : [owner]);
    while (members.size < Math.min(i === 0 ? size.people : size.members, size.people))
      members.add(pick(people, random));
    const others = [...members].filter((person) => person !== owner);
    rooms.push({ channel: await createLargeChannel(owner, `bench-${i}`, others), members: [...members] });
  }
  const ids = { channelIds: rooms.map(({ channel }) => channel.id), userIds: people.map(({ me }) => me.id) };
  await withDatabase(system, async (db) => {
    await seedMessages(db, ids, size.messages);
    for (const channel of await db.collection("channels").find().toArray()) {
      const [rev, count] = [Number(channel["rev"]), Number(channel["messageCount"])];
      const unread = Math.min(count, Math.floor(random() * 20));
      await db
        .collection("members")
        .updateMany({ channelId: channel._id }, { $set: { readCount: count - unread, lastReadSeq: rev - unread } });
    }
  });
  // As sending would have it: each channel has a last message, and what follows from messages begins.
  for (const { channel } of rooms) await owner.post(channel.id, "And so it began.");
  const byPerson = new Map<Person, Room[]>();
  for (const room of rooms) for (const one of room.members) byPerson.set(one, [...(byPerson.get(one) ?? []), room]);
  return { system, people, rooms, roomsOf: (person) => byPerson.get(person) ?? [] };
}

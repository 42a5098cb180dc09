import type { Channel, Message } from "@connectbest/contract";
import mongoose from "mongoose";
import type { Person } from "./rest-client";
import type { System } from "./system";

export const daysBack = 3;
export const perDay = 100;
const minute = 60_000;

/** Midnight, so many days ago. */
export function dayBefore(days: number): Date {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
}

/** What the n-th message says; every seventh is longer than a guess at its height would have it. */
export function lineOf(n: number): string {
  const name = `line ${String(n).padStart(3, "0")}`;
  if (n % 7 !== 3) return name;
  return `${name}\n\n> ${"quoted words ".repeat(n % 40)}\n\n- one\n- two\n\n\`\`\`\ncode ${n}\nmore code\n\`\`\``;
}

/** When it was said: on past days from nine on by the minute, with a rest after the 50th; today, from midnight until now. */
export function momentOf(n: number, now = Date.now()): Date {
  const day = dayBefore(daysBack - Math.floor(n / perDay)).getTime();
  const at = n % perDay;
  if (n >= daysBack * perDay) return new Date(day + (at * Math.min(perDay * minute, now - day)) / perDay);
  return new Date(day + 9 * 60 * minute + at * minute + (at >= 50 ? 10 * minute : 0));
}

/** A channel in which two people spoke in turns of three, a hundred messages a day, for three days and today. */
export async function writeHistory(
  system: System,
  channel: Channel,
  [first, second]: readonly [Person, Person],
): Promise<Message[]> {
  const messages: Message[] = [];
  for (let n = 0; n < (daysBack + 1) * perDay; n++)
    messages.push(await (Math.floor(n / 3) % 2 === 0 ? first : second).post(channel.id, lineOf(n)));
  const database = await mongoose.createConnection(system.databaseUri).asPromise();
  const { ObjectId } = mongoose.mongo;
  const changeOf = (id: string, createdAt: Date) => ({
    updateOne: { filter: { _id: new ObjectId(id) }, update: { $set: { createdAt, updatedAt: createdAt } } },
  });
  const now = Date.now();
  const [channelId, createdAt] = [new ObjectId(channel.id), momentOf(0, now)];
  await database.collection("messages").updateMany({ channelId }, { $set: { createdAt, updatedAt: createdAt } });
  await database.collection("messages").bulkWrite(messages.map(({ id }, n) => changeOf(id, momentOf(n, now))));
  await database.close();
  return messages;
}

import type { Channel } from "@connectbest/contract";
import mongoose from "mongoose";
import { seedMessages } from "../bench/seed-messages";
import { Person } from "./rest-client";
import type { System } from "./system";

export interface LargeWorkspace {
  readonly reader: Person;
  readonly large: Channel;
  readonly small: readonly Channel[];
}

/** One channel of so many messages, and three of a thousand, with somebody who reads them. */
export async function createLargeWorkspace(system: System, messages: number): Promise<LargeWorkspace> {
  const reader = await Person.signUp(system, "Reader");
  const authors = [];
  for (const name of ["Ada", "Bob", "Eve", "Dan"]) authors.push(await Person.signUp(system, name));
  const large = await reader.createChannel("large", authors);
  const small = [];
  for (const name of ["first", "second", "third"]) small.push(await reader.createChannel(name, authors));
  const connection = await mongoose.createConnection(system.databaseUri).asPromise();
  const userIds = authors.map(({ me }) => me.id);
  await seedMessages(connection.db as mongoose.mongo.Db, { channelIds: [large.id], userIds }, messages);
  for (const { id } of small)
    await seedMessages(connection.db as mongoose.mongo.Db, { channelIds: [id], userIds }, 1_000);
  await connection.close();
  return { reader, large, small };
}

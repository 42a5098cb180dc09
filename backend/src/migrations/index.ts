import mongoose from "mongoose";
import type { Logger } from "pino";
import { accounts } from "./0001-accounts";
import { messaging } from "./0002-messaging";

type Database = Parameters<typeof accounts>[0];

/** In order; a name stays for ever. Each may run twice, and beside itself in another process: write them so. */
const migrations: [name: string, run: (db: Database) => Promise<void>][] = [
  ["0001-accounts", accounts],
  ["0002-messaging", messaging],
];

/** Brings data that an earlier version wrote to the shape of this one, before anything reads it. */
export async function migrate(logger: Logger): Promise<void> {
  const { db } = mongoose.connection;
  if (!db) throw new Error("The database is not connected.");
  const done = db.collection<{ _id: string; at: Date }>("migrations");
  for (const [name, run] of migrations) {
    if (await done.findOne({ _id: name })) continue;
    await run(db);
    await done.updateOne({ _id: name }, { $setOnInsert: { at: new Date() } }, { upsert: true });
    logger.info({ migration: name }, "migrated");
  }
}

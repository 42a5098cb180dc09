import mongoose from "mongoose";
import type { Logger } from "pino";
import { migrate, migrations, migrationState } from "../migrations";
import { createIndexes } from "./create-indexes";
import { releaseClosedConnections } from "./release-closed-connections";
import { refuseUnfinishedRestore } from "./unfinished-restore";

/** How long a call may wait for a database that does not answer, in milliseconds. */
const patience = 4000;
/** The same for one that is away. What was under way asks twice (its transaction is aborted first), and is answered within 5 s. */
const awayPatience = 2000;

/** Whether the indexes stand: before, nothing may be written that only a unique index keeps right. */
let isPrepared = false;
export const isDatabasePrepared = (): boolean => isPrepared;

mongoose.set("strictQuery", "throw");
mongoose.set("bufferCommands", false);
mongoose.set("autoIndex", false);
mongoose.set("autoCreate", false);
releaseClosedConnections();

/**
 * Connects and builds the indexes; a database that is away is waited for, without end, so that the order in which
 * parts start does not matter. Until it resolves the process is alive but not ready.
 */
export async function connectDatabase(uri: string, logger: Logger): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mongoose.connect(uri, {
        serverSelectionTimeoutMS: awayPatience,
        connectTimeoutMS: patience,
        // A database that hangs is noticed when it misses a heartbeat; waiting calls then end.
        heartbeatFrequencyMS: 3000,
        socketTimeoutMS: 20_000,
        waitQueueTimeoutMS: patience,
        maxPoolSize: 50,
        writeConcern: { w: "majority", journal: true },
      });
      await prepare(logger);
      isPrepared = true;
      return;
    } catch (error) {
      logger.warn({ err: error, attempt }, "database not ready yet, trying again");
      await mongoose.disconnect();
      await new Promise((resolve) => setTimeout(resolve, Math.min(500 * attempt, 5000)));
    }
  }
}

/** Indexes and migrations, through the code that `db:init` and `db:migrate` run too; nothing is written before. */
async function prepare(logger: Logger): Promise<void> {
  const { db } = mongoose.connection;
  if (!db) throw new Error("The database is not connected.");
  await refuseUnfinishedRestore(db);
  await createIndexes(db);
  const { unknown } = await migrationState(db, migrations);
  // During a deployment, and after it was taken back: what a migration leaves can be read and written by the version before.
  if (unknown.length > 0) logger.warn({ migrations: unknown }, "a newer version has written here");
  await migrate(db, migrations, {
    onDone: (migration, documents) => logger.info({ migration, documents }, "migrated"),
    onWait: () => logger.info("another process is migrating the database, waiting for it"),
  });
}

/** @throws when the database does not answer within two seconds, or is not prepared yet. */
export async function pingDatabase(): Promise<void> {
  const { db, readyState } = mongoose.connection;
  if (!isPrepared || !db || readyState !== mongoose.ConnectionStates.connected)
    throw new Error("The database is not connected.");
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The database does not answer.")), 2000);
  });
  const answer = db.command({ ping: 1 });
  answer.catch(() => undefined);
  await Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

import mongoose, { type ClientSession } from "mongoose";
import type { Manifest } from "./manifest";

type Database = { client: mongoose.mongo.MongoClient; db: mongoose.mongo.Db };

/** What all collections are read from: one moment, where the server can hold it. */
export interface Moment {
  consistency: Manifest["consistency"];
  session: ClientSession | undefined;
  end(): Promise<void>;
}

const { MongoServerError } = mongoose.mongo;

/** The server let go of the moment before all was read. */
export const isMomentLost = (error: unknown): boolean =>
  error instanceof MongoServerError &&
  // SnapshotTooOld, SnapshotUnavailable, NoSuchTransaction, and the cursor that ended with its transaction.
  (new Set<unknown>([239, 246, 251, 43]).has(error.code) || error.hasErrorLabel("TransientTransactionError"));

/** Whether reads outside transactions are answered from a moment that can be named again. */
async function holdsSnapshots(db: mongoose.mongo.Db): Promise<boolean> {
  const probe = { find: "migrations", limit: 1, singleBatch: true, readConcern: { level: "snapshot" } };
  const reply = await db.command(probe).catch((error: unknown) => {
    if (error instanceof MongoServerError) return null;
    throw error;
  });
  return reply?.["cursor"]?.atClusterTime !== undefined;
}

/** Each collection of its own moment. */
export const noMoment: Moment = { consistency: "none", session: undefined, end: async () => undefined };

/**
 * A snapshot session, which MongoDB holds for five minutes (`minSnapshotHistoryWindowInSeconds`); from the embedded database, which
 * has none, a transaction that only reads, which lasts as long; from a server on its own, nothing.
 */
export async function openMoment({ client, db }: Database): Promise<Moment> {
  if (await holdsSnapshots(db)) {
    const session = client.startSession({ snapshot: true });
    return { consistency: "snapshot", session, end: () => session.endSession() };
  }
  if (!(await db.command({ hello: 1 }))["setName"]) return noMoment;
  const session = client.startSession();
  session.startTransaction({ readConcern: { level: "snapshot" } });
  const end = async (): Promise<void> => {
    await session.abortTransaction().catch(() => undefined);
    await session.endSession();
  };
  return { consistency: "transaction", session, end };
}

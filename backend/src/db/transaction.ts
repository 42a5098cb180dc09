import mongoose, { type ClientSession } from "mongoose";

/** Server code of a unique index's refusal. */
const duplicateKey = 11000;

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoServerError && error.code === duplicateKey;

/** Milliseconds, all attempts together: a caller waits no longer for a database that hangs or a lock that stays. */
const patience = 10_000;

/**
 * Runs `work` in one transaction, again from the start when it met a conflicting write (so `work` must only read and
 * write through `session`). Acknowledged by a majority, journalled.
 */
export async function inTransaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = await mongoose.startSession();
  try {
    return await session.withTransaction(() => work(session), {
      timeoutMS: patience,
      writeConcern: { w: "majority", journal: true },
    });
  } finally {
    await session.endSession();
  }
}

import mongoose, { type ClientSession } from "mongoose";
import { unavailable } from "../http/errors";

/** Server code of a unique index's refusal. */
const duplicateKey = 11000;

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoServerError && error.code === duplicateKey;

/** Milliseconds after which no new attempt is begun: a caller must not wait for a lock that stays. */
const defaultPatience = 8000;
/** Milliseconds of rest before another attempt at most, and before the first: conflicting writers must not meet again. */
const longestRest = 500;
const firstRest = 5;

const hasLabel = (error: unknown, label: string): boolean =>
  error instanceof mongoose.mongo.MongoError && error.hasErrorLabel(label);

/** A database that has gone: what asks again for it would wait as long once more. */
const isGone = (): boolean => mongoose.connection.readyState !== mongoose.ConnectionStates.connected;

/** Until it is known whether the transaction was committed, or the database is gone. */
async function commit(session: ClientSession, deadline: number): Promise<void> {
  for (;;)
    try {
      return await session.commitTransaction();
    } catch (error) {
      if (!hasLabel(error, "UnknownTransactionCommitResult") || isGone() || Date.now() > deadline) throw error;
    }
}

async function attempt<T>(
  session: ClientSession,
  work: (session: ClientSession) => Promise<T>,
  deadline: number,
): Promise<T> {
  session.startTransaction({ writeConcern: { w: "majority", journal: true } });
  let result: T;
  try {
    result = await work(session);
  } catch (error) {
    // What cannot be aborted is by the database, once its time is over.
    if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
    throw error;
  }
  await commit(session, deadline);
  return result;
}

/**
 * Runs `work` in one transaction, again from the start when it met a conflicting write (so `work` must only read and
 * write through `session`). Acknowledged by a majority, journalled. The driver's own `withTransaction` would go on for
 * two minutes. @throws unavailable when the conflict stays
 */
export async function inTransaction<T>(
  work: (session: ClientSession) => Promise<T>,
  patience = defaultPatience,
): Promise<T> {
  const session = await mongoose.startSession();
  const deadline = Date.now() + patience;
  try {
    for (let nth = 0; ; nth++) {
      try {
        return await attempt(session, work, deadline);
      } catch (error) {
        if (!hasLabel(error, "TransientTransactionError")) throw error;
        if (isGone() || Date.now() > deadline) throw unavailable();
      }
      const rest = Math.random() * Math.min(firstRest * 1.5 ** nth, longestRest);
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  } finally {
    await session.endSession();
  }
}

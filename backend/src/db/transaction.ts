import mongoose, { type ClientSession } from "mongoose";
import { unavailable } from "../http/errors";

/** Server code of a unique index's refusal. */
const duplicateKey = 11000;

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoServerError && error.code === duplicateKey;

/** Milliseconds after which no new attempt is begun: a caller must not wait for a lock that stays (the driver would, 120 s). */
const defaultPatience = 8000;

/**
 * Runs `work` in one transaction, again from the start when it met a conflicting write (so `work` must only read and
 * write through `session`). Acknowledged by a majority, journalled. @throws unavailable when the conflict stays
 */
export async function inTransaction<T>(
  work: (session: ClientSession) => Promise<T>,
  patience = defaultPatience,
): Promise<T> {
  const session = await mongoose.startSession();
  const deadline = Date.now() + patience;
  let isRepeat = false;
  const attempt = (): Promise<T> => {
    // A database that has gone: what asks again for it would wait as long once more.
    const isGone = isRepeat && mongoose.connection.readyState !== mongoose.ConnectionStates.connected;
    if (isGone || Date.now() > deadline) throw unavailable();
    isRepeat = true;
    return work(session);
  };
  try {
    return await session.withTransaction(attempt, { writeConcern: { w: "majority", journal: true } });
  } finally {
    await session.endSession();
  }
}

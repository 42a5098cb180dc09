import { decode } from "./bson/decode";
import { encode } from "./bson/encode";
import type { Doc } from "./bson/values";
import { toNumber } from "./bson/values";
import { CommandError } from "./errors";
import { retryKey, retryKeys } from "./storage/layout";
import type { KeyReader } from "./storage/reader";
import type { UnitOfWork } from "./storage/unit-of-work";

/** Time after which a session's record is forgotten, in milliseconds (MongoDB's localLogicalSessionTimeoutMinutes). */
const sessionMs = 30 * 60 * 1000;

/** What a session wrote last: stored in the same commit, so that a retry is recognised even after a crash. */
interface RetryRecord {
  number: bigint;
  /** The answer of a retryable write; undefined for a transaction. */
  reply: Doc | undefined;
}

export const sessionKey = (session: string): Buffer => retryKey(Buffer.from(session, "hex"));

export function findRecord(reader: KeyReader, session: string): RetryRecord | undefined {
  const stored = reader.get(sessionKey(session));
  if (!stored) return undefined;
  const record = decode(stored);
  return { number: record.number as bigint, reply: record.reply as Doc | undefined };
}

/** The answer already given to this write, if it is a retry. @throws CommandError 225 for a number that is past. */
export function answeredBefore(reader: KeyReader, session: string, number: bigint): Doc | undefined {
  const record = findRecord(reader, session);
  if (!record || record.number < number) return undefined;
  if (record.number > number) {
    throw new CommandError(
      225,
      `Retryable write with txnNumber ${number} is prohibited on session ${session} because a newer retryable write with txnNumber ${record.number} has already started on this session.`,
    );
  }
  return record.reply;
}

export function remember(unit: UnitOfWork, session: string, number: bigint, reply: Doc | undefined, now: number): void {
  unit.putUnchecked(sessionKey(session), encode({ number, reply, at: new Date(now) }));
}

/** Removes the records of sessions that have ended long ago. */
export function forgetOld(unit: UnitOfWork, now: number): void {
  for (const [key, value] of [...unit.range(retryKeys.from, retryKeys.to)]) {
    if (now - toNumber(Number(decode(value).at)) > sessionMs) unit.remove(key);
  }
}

import os from "node:os";
import type { RootDatabase } from "lmdb";
import { open } from "lmdb";
import { outOfDiskSpace } from "../errors";
import type { Entry, KeyReader, Snapshot, Writes } from "./reader";
import { bytesOf } from "./reader";

type Transaction = ReturnType<RootDatabase["useReadTransaction"]>;

/** Pairs fetched at once by a range that may be continued in a later turn of the event loop. */
const chunk = 128;

/** What a commit does once it has the write lock: looks at the newest state and names what to write. */
export type CommitJob<T> = (newest: KeyReader) => { writes: Writes; result: T; applied?: () => void };

/** What lmdb throws when a commit did not reach the disk; its promise says why. */
interface FailedCommit extends Error {
  commitError: Promise<never>;
}

/**
 * Whether lmdb speaks of a commit that failed. It does so twice: to the caller, and by a promise of its own that nobody has. Were
 * that left unhandled, a full disk would end the process, which can still be read from.
 */
export const isFailedCommit = (error: unknown): error is FailedCommit =>
  error instanceof Error && "commitError" in error && error.commitError instanceof Promise;

/** A full disk, a full quota, a file that may not grow further; a write cut short by one of them is EIO to LMDB, as is a broken disk. */
const { ENOSPC, EDQUOT, EFBIG, EIO } = os.constants.errno;
const diskErrors = new Set<unknown>([ENOSPC, EDQUOT, EFBIG, EIO]);

/** Milliseconds: when lmdb finds late that a commit has failed, it tells the reason with the next failure only, if ever. */
const reasonTime = 500;

/** What kept a commit from the disk, in MongoDB's terms where it has one. */
function reasonOf(failed: FailedCommit): Promise<unknown> {
  const told = failed.commitError.catch((cause: { code?: unknown; message?: string }) =>
    diskErrors.has(cause.code) ? outOfDiskSpace(cause.message) : cause,
  );
  const untold = new Promise((resolve) => setTimeout(() => resolve(failed), reasonTime).unref());
  return Promise.race([told, untold]);
}

/** Ordered keys and values in an LMDB file. */
export class LmdbStore implements KeyReader {
  private readonly db: RootDatabase<Buffer, Buffer>;
  private closing = false;

  /** @param durable Whether a commit is flushed to disk before it is acknowledged. */
  constructor(path: string, durable: boolean) {
    this.db = open<Buffer, Buffer>({
      path,
      noSubdir: false, // or a dot in the path would make it a file's
      encoding: "binary",
      keyEncoding: "binary",
      // Without it a commit's promise is kept only after LMDB's own order of writes and fsync: pages, then the meta page.
      overlappingSync: false,
      noSync: !durable,
      maxReaders: 512,
    });
  }

  get(key: Buffer): Buffer | undefined {
    return this.db.get(key);
  }

  /**
   * Reads in chunks and holds nothing in between, so a cursor that waits for its client pins no LMDB pages. Within one
   * turn of the event loop LMDB gives one snapshot; a range continued later goes on from its last key in the newest
   * state, as MongoDB's cursors do outside transactions.
   */
  *range(from: Buffer, to: Buffer, reverse = false): Generator<Entry> {
    let start = reverse ? to : from;
    const end = reverse ? from : to;
    let limit = 8;
    for (let first = true; ; first = false) {
      const entries = [...this.entries(start, end, reverse, limit, !first || reverse)];
      yield* entries;
      const last = entries.at(-1);
      if (entries.length < limit || !last) return;
      start = last[0];
      limit = chunk;
    }
  }

  private *entries(
    start: Buffer,
    end: Buffer,
    reverse: boolean,
    limit: number,
    exclusiveStart: boolean,
  ): Generator<Entry> {
    const options = reverse
      ? { start, end, reverse, limit, exclusiveStart, inclusiveEnd: true }
      : { start, end, limit, exclusiveStart };
    for (const { key, value } of this.db.getRange(options)) yield [key, value];
  }

  count(from: Buffer, to: Buffer): number {
    return this.db.getCount({ start: from, end: to });
  }

  /** The state as of now, held until released. */
  snapshot(): Snapshot {
    const transaction = this.db.useReadTransaction();
    return {
      get: (key) => this.db.get(key, { transaction }),
      range: (from, to, reverse = false) => this.rangeOf(transaction, from, to, reverse),
      count: (from, to) => this.db.getCount({ start: from, end: to, transaction }),
      release: () => transaction.done(),
    };
  }

  private *rangeOf(transaction: Transaction, from: Buffer, to: Buffer, reverse: boolean): Generator<Entry> {
    const options = reverse
      ? { start: to, end: from, reverse, exclusiveStart: true, inclusiveEnd: true, transaction }
      : { start: from, end: to, transaction };
    for (const { key, value } of this.db.getRange(options)) yield [key, value];
  }

  /**
   * Runs `job` while holding the write lock and writes what it names, all or nothing. Jobs waiting at the same time
   * share one flush. Resolves when the commit is on disk; when the job throws nothing is written.
   */
  async commit<T>(job: CommitJob<T>): Promise<T> {
    if (this.closing) throw new Error("The store is closed.");
    let outcome: { result: T } | { error: unknown } | undefined;
    const committed = this.db.transaction(() => {
      try {
        const { writes, result, applied } = job(this);
        for (const [key, value] of writes) {
          if (value === null) void this.db.remove(bytesOf(key));
          else void this.db.put(bytesOf(key), value);
        }
        applied?.();
        outcome = { result };
      } catch (error) {
        outcome = { error };
      }
    });
    await committed.catch(async (error: unknown) => {
      throw isFailedCommit(error) ? await reasonOf(error) : error;
    });
    if (!outcome) throw new Error("LMDB did not run the commit.");
    if ("error" in outcome) throw outcome.error;
    return outcome.result;
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.db.close();
  }
}

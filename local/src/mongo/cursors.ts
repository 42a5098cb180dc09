import { randomBytes } from "node:crypto";
import { encode } from "./bson/encode";
import { CommandError } from "./errors";

/** Idle time after which a cursor is closed, in milliseconds (MongoDB's cursorTimeoutMillis). */
export const cursorIdleMs = 10 * 60 * 1000;
/** Bytes of documents in one batch; a reply must stay below 16 MiB. */
const maxBatchBytes = 15 * 1024 * 1024;
/** Bytes that results held in memory may take over all cursors. */
const maxHeldBytes = 512 * 1024 * 1024;
export const firstBatchSize = 101;

/** A query whose results are fetched batch by batch. */
interface Cursor {
  id: bigint;
  ns: string;
  documents: Iterator<Buffer>;
  /** A document that did not fit the last batch. */
  pending: Buffer | undefined;
  session: string | undefined;
  transaction: object | undefined;
  usedAt: number;
  heldBytes: number;
}

/** What a cursor belongs to. */
export interface CursorOwner {
  session?: string | undefined;
  /** The transaction whose snapshot it reads. */
  transaction?: object | undefined;
  /** Bytes of results already in memory. */
  heldBytes?: number;
}

const int32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(n);
  return bytes;
};
const end = Buffer.from([0]);

/** `{cursor: {id, ns, <name>: [documents]}, ok: 1}` without encoding the documents again. */
function cursorReply(id: bigint, ns: string, name: string, documents: Buffer[]): Buffer {
  const items: Buffer[] = [];
  for (const [i, document] of documents.entries()) items.push(Buffer.from(`\x03${i}\0`, "latin1"), document);
  const bytes = items.reduce((sum, item) => sum + item.length, 0);
  const fields = encode({ id, ns }).subarray(4, -1);
  const array = [Buffer.from(`\x04${name}\0`, "latin1"), int32(bytes + 5), ...items, end];
  const arrayBytes = name.length + 2 + bytes + 5;
  const cursorBytes = 4 + fields.length + arrayBytes + 1;
  const ok = encode({ ok: 1 }).subarray(4, -1);
  const cursor = [Buffer.from("\x03cursor\0", "latin1"), int32(cursorBytes), fields, ...array, end];
  return Buffer.concat([int32(4 + 8 + cursorBytes + ok.length + 1), ...cursor, ok, end]);
}

/** The open cursors of the server. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private heldBytes = 0;

  /** Answers the first batch; keeps the rest for getMore unless there is none, or the client wants no more. */
  first(ns: string, documents: Iterable<Buffer>, batchSize: number, single: boolean, owner: CursorOwner): Buffer {
    const cursor: Cursor = {
      id: 0n,
      ns,
      documents: documents[Symbol.iterator](),
      pending: undefined,
      session: owner.session,
      transaction: owner.transaction,
      usedAt: Date.now(),
      heldBytes: owner.heldBytes ?? 0,
    };
    const { batch, done } = this.batch(cursor, batchSize);
    if (done || single) {
      cursor.documents.return?.();
      return cursorReply(0n, ns, "firstBatch", batch);
    }
    if (this.heldBytes + cursor.heldBytes > maxHeldBytes) {
      throw new CommandError(292, `open cursors hold more than ${maxHeldBytes} bytes of results`);
    }
    cursor.id = this.newId();
    this.heldBytes += cursor.heldBytes;
    this.open.set(cursor.id, cursor);
    return cursorReply(cursor.id, ns, "firstBatch", batch);
  }

  /** Answers the next batch. @throws CommandError 43 for an unknown cursor, 13 for another's namespace. */
  more(id: bigint, ns: string, batchSize: number, transaction: object | undefined): Buffer {
    const cursor = this.open.get(id);
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.ns !== ns) {
      throw new CommandError(
        13,
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`,
      );
    }
    if (cursor.transaction !== transaction) {
      throw new CommandError(50738, `Cannot run getMore on cursor ${id}, which was created in another transaction`);
    }
    try {
      const { batch, done } = this.batch(cursor, batchSize);
      cursor.usedAt = Date.now();
      if (done) this.close(cursor);
      return cursorReply(done ? 0n : id, ns, "nextBatch", batch);
    } catch (error) {
      this.close(cursor);
      throw error;
    }
  }

  kill(id: bigint, ns: string): boolean {
    const cursor = this.open.get(id);
    if (!cursor || cursor.ns !== ns) return false;
    this.close(cursor);
    return true;
  }

  killWhere(belongs: (owner: { session: string | undefined; transaction: object | undefined }) => boolean): void {
    for (const cursor of [...this.open.values()]) if (belongs(cursor)) this.close(cursor);
  }

  /** Closes those nobody asked of for ten minutes. */
  closeIdle(now: number): void {
    for (const cursor of [...this.open.values()]) if (now - cursor.usedAt > cursorIdleMs) this.close(cursor);
  }

  get size(): number {
    return this.open.size;
  }

  private close(cursor: Cursor): void {
    if (!this.open.delete(cursor.id)) return;
    this.heldBytes -= cursor.heldBytes;
    cursor.documents.return?.();
  }

  private batch(cursor: Cursor, size: number): { batch: Buffer[]; done: boolean } {
    const batch: Buffer[] = [];
    if (size === 0) return { batch, done: false };
    for (let bytes = 0; ;) {
      const next = cursor.pending ? { done: false as const, value: cursor.pending } : cursor.documents.next();
      cursor.pending = undefined;
      if (next.done) return { batch, done: true };
      // one document is read ahead, so that a client that has everything need not ask again
      if (batch.length >= size || (batch.length && bytes + next.value.length > maxBatchBytes)) {
        cursor.pending = next.value;
        return { batch, done: false };
      }
      batch.push(next.value);
      bytes += next.value.length;
    }
  }

  private newId(): bigint {
    for (;;) {
      const id = randomBytes(8).readBigUInt64LE() & 0x7fffffffffffffffn;
      if (id && !this.open.has(id)) return id;
    }
  }
}

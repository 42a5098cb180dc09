import type { Catalog, Collection, Collections } from "../catalog";
import { collectionKey, encodeCollection } from "../catalog";
import { writeConflict } from "../errors";
import type { LockTable } from "./locks";
import { Overlay } from "./overlay";
import type { Entry, KeyReader, Snapshot } from "./reader";
import { bytesOf, textOf } from "./reader";

/** What write commands work on: their own writes over what they may see. */
export abstract class UnitOfWork implements KeyReader {
  protected readonly overlay: Overlay;
  readonly catalogChanges = new Map<string, Collection | null>();

  constructor(
    base: KeyReader,
    protected readonly catalog: Catalog,
    protected readonly collections: Collections,
  ) {
    this.overlay = new Overlay(base);
  }

  get writes() {
    return this.overlay.writes;
  }

  collection(ns: string): Collection | undefined {
    const changed = this.catalogChanges.get(ns);
    return changed === undefined ? this.collections.get(ns) : (changed ?? undefined);
  }

  collectionNames(): string[] {
    const names = new Set(this.collections.keys());
    for (const [ns, collection] of this.catalogChanges) {
      if (collection) names.add(ns);
      else names.delete(ns);
    }
    return [...names];
  }

  newCollectionId(): number {
    return this.catalog.takeId();
  }

  setCollection(collection: Collection): void {
    this.catalogChanges.set(collection.ns, collection);
    this.put(collectionKey(collection.ns), encodeCollection(collection));
  }

  removeCollection(ns: string): void {
    this.catalogChanges.set(ns, null);
    this.remove(collectionKey(ns));
  }

  get(key: Buffer): Buffer | undefined {
    return this.overlay.get(key);
  }

  range(from: Buffer, to: Buffer, reverse?: boolean): Iterable<Entry> {
    return this.overlay.range(from, to, reverse);
  }

  count(from: Buffer, to: Buffer): number {
    return this.overlay.count(from, to);
  }

  put(key: Buffer, value: Buffer): void {
    this.overlay.set(this.claim(key), value);
  }

  remove(key: Buffer): void {
    this.overlay.set(this.claim(key), null);
  }

  /** Writes without asking whether another transaction wrote there: for what only ever grows. */
  putUnchecked(key: Buffer, value: Buffer): void {
    this.overlay.set(textOf(key), value);
  }

  /** Secures the right to write a key, and gives it as text. */
  protected abstract claim(key: Buffer): string;
  /** Called with every collection whose documents are written. */
  abstract writesTo(collection: Collection): void;
}

/** The writes of one command outside transactions; it runs while holding the store's write lock. */
export class SingleCommand extends UnitOfWork {
  constructor(
    newest: KeyReader,
    catalog: Catalog,
    private readonly locks: LockTable,
  ) {
    super(newest, catalog, catalog.collections);
  }

  /** @throws LockedByTransaction when an open transaction wrote the key: the command waits for it, as in MongoDB. */
  protected claim(key: Buffer): string {
    const text = textOf(key);
    this.locks.assertFree(text);
    return text;
  }

  writesTo(): void {
    // always the newest catalog
  }
}

/** A multi-document transaction: a snapshot, its own writes, and the values it found where it wrote. */
export class TransactionUnit extends UnitOfWork {
  private readonly found = new Map<string, Buffer | undefined>();
  private readonly written = new Set<Collection>();

  constructor(
    private readonly snapshot: Snapshot,
    private readonly newest: KeyReader,
    catalog: Catalog,
    private readonly locks: LockTable,
  ) {
    super(snapshot, catalog, catalog.collections);
  }

  /**
   * First writer wins, as in MongoDB: a key that another transaction holds, or that changed since the snapshot, is a
   * conflict at once. The value is kept because LMDB ignores a snapshot inside a write transaction.
   */
  protected claim(key: Buffer): string {
    const text = textOf(key);
    if (!this.found.has(text)) {
      if (!this.locks.take(text, this)) throw writeConflict();
      const value = this.snapshot.get(key);
      this.found.set(text, value);
      if (!same(value, this.newest.get(key))) throw writeConflict();
    }
    return text;
  }

  writesTo(collection: Collection): void {
    this.written.add(collection);
  }

  /** Runs under the write lock. @throws CommandError 112 when anything it wrote was written meanwhile. */
  verify(newest: KeyReader): void {
    for (const [text, value] of this.found) if (!same(value, newest.get(bytesOf(text)))) throw writeConflict();
    for (const collection of this.written) {
      const own = this.catalogChanges.get(collection.ns) !== undefined;
      if (!own && this.catalog.collections.get(collection.ns) !== collection) throw writeConflict();
    }
  }

  get hasWrites(): boolean {
    return this.overlay.writes.size > 0;
  }

  /** Whether anybody could be waiting for it. */
  get holdsLocks(): boolean {
    return this.found.size > 0 || this.written.size > 0;
  }

  release(): void {
    this.locks.release(this, this.found.keys());
    this.snapshot.release();
  }
}

const same = (a: Buffer | undefined, b: Buffer | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.equals(b));

import { Catalog } from "./catalog";
import { LmdbStore } from "./storage/lmdb-store";
import type { DataFolder } from "./storage/data-folder";
import { openDataFolder, openTemporaryFolder } from "./storage/data-folder";
import { LockedByTransaction, LockTable } from "./storage/locks";
import { SingleCommand, TransactionUnit } from "./storage/unit-of-work";
import { CommandError } from "./errors";

/** The store, its catalog and the locks of open transactions: everything that commits goes through here. */
export class Database {
  readonly catalog: Catalog;
  private readonly locks = new LockTable();

  private constructor(
    private readonly folder: DataFolder,
    readonly store: LmdbStore,
  ) {
    this.catalog = new Catalog(store);
  }

  /** @param path Folder of the data; without one it is kept in memory and gone after close. */
  static open(path: string | undefined): Database {
    const folder = path === undefined ? openTemporaryFolder() : openDataFolder(path);
    try {
      return new Database(folder, new LmdbStore(folder.path, path !== undefined));
    } catch (error) {
      folder.release();
      throw error;
    }
  }

  /** A transaction that sees the database as it is now. */
  begin(): TransactionUnit {
    return new TransactionUnit(this.store.snapshot(), this.store, this.catalog, this.locks);
  }

  /**
   * Runs a write outside transactions and commits it. Where it meets a key of an open transaction it waits and starts
   * over; nothing of the first attempt remains.
   * @param deadline Milliseconds since the epoch. @throws CommandError 50 when it passes while waiting.
   */
  async write<T>(job: (unit: SingleCommand) => T, deadline = Infinity): Promise<T> {
    for (;;) {
      try {
        return await this.commit(() => {
          const unit = new SingleCommand(this.store, this.catalog, this.locks);
          const result = job(unit);
          return { unit, result };
        });
      } catch (error) {
        if (!(error instanceof LockedByTransaction)) throw error;
        await waitUntil(error.ended, deadline);
      }
    }
  }

  /** Commits a transaction. @throws CommandError 112 when another write came in between. */
  async commitTransaction(unit: TransactionUnit): Promise<void> {
    await this.commit((newest) => {
      unit.verify(newest);
      return { unit, result: undefined };
    });
  }

  private async commit<T>(
    job: (newest: LmdbStore) => { unit: SingleCommand | TransactionUnit; result: T },
  ): Promise<T> {
    let applied = false;
    try {
      return await this.store.commit(() => {
        const { unit, result } = job(this.store);
        return {
          writes: unit.writes,
          result,
          applied: () => {
            applied = true;
            this.catalog.apply(unit.catalogChanges);
          },
        };
      });
    } catch (error) {
      if (applied) this.catalog.load(); // LMDB refused what the catalog already shows: a full disk, say
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.store.close();
    this.folder.release();
  }
}

async function waitUntil(ended: Promise<void>, deadline: number): Promise<void> {
  if (deadline === Infinity) return ended;
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    const late = () => reject(new CommandError(50, "operation exceeded time limit"));
    timer = setTimeout(late, Math.max(0, deadline - Date.now()));
  });
  try {
    await Promise.race([ended, expired]);
  } finally {
    clearTimeout(timer);
  }
}

import { setTimeout as pause } from "node:timers/promises";
import type { Db, Migration } from "./migration";
import { runMigration } from "./run-migration";
import { findDone, findPlace, Turn, TurnLost, type Place } from "./turn";

/** Milliseconds for which a process that died holds the others up, and between their looks. */
const turnTime = 30_000;
const lookTime = 500;

interface Options {
  signal?: AbortSignal;
  turnTime?: number;
  onBatch?: (place: Place) => void;
  onDone?: (migration: string, documents: number) => void;
  /** Told once, when another process is at it. */
  onWait?: () => void;
}

export interface MigrationState {
  done: { name: string; at: Date }[];
  pending: string[];
  /** Done by a newer version of the program, of which this one knows nothing. */
  unknown: string[];
  /** Where the first of the pending ones stands, if it was begun. */
  place: Place | undefined;
}

/** How far a database is. */
export async function migrationState(db: Db, migrations: readonly Migration[]): Promise<MigrationState> {
  const done = (await findDone(db)).map(({ _id, at }) => ({ name: _id, at }));
  const isDone = new Set(done.map(({ name }) => name));
  const isKnown = new Set(migrations.map(({ name }) => name));
  return {
    done,
    pending: migrations.flatMap(({ name }) => (isDone.has(name) ? [] : [name])),
    unknown: done.flatMap(({ name }) => (isKnown.has(name) ? [] : [name])),
    place: await findPlace(db),
  };
}

/** What is left, in order, while it is this process's turn. */
async function work(db: Db, migrations: readonly Migration[], turn: Turn, options: Options): Promise<void> {
  const { pending } = await migrationState(db, migrations);
  for (const migration of migrations.filter(({ name }) => pending.includes(name))) {
    const documents = await runMigration(db, migration, turn, options);
    options.onDone?.(migration.name, documents);
  }
}

/**
 * Brings data that an earlier version wrote to the shape of this one, before anything reads it. Of several processes one works and
 * the others wait; what one leaves undone another goes on with, after the last batch that was noted.
 * @throws the signal's reason, between two batches
 */
export async function migrate(db: Db, migrations: readonly Migration[], options: Options = {}): Promise<void> {
  for (let look = 0; ; look++) {
    options.signal?.throwIfAborted();
    if ((await migrationState(db, migrations)).pending.length === 0) return;
    const turn = await Turn.take(db, options.turnTime ?? turnTime);
    if (!turn) {
      if (look === 0) options.onWait?.();
      await pause(lookTime);
      continue;
    }
    try {
      await work(db, migrations, turn, options);
    } catch (error) {
      if (!(error instanceof TurnLost)) throw error;
    } finally {
      // A database that is away cannot be told; the turn then ends by itself.
      await turn.giveBack().catch(() => undefined);
    }
  }
}

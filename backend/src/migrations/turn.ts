import { randomUUID } from "node:crypto";
import { isDuplicateKey } from "../db/transaction";
import type { Db } from "./migration";

/** How far a migration has come. */
export interface Place {
  migration: string;
  /** Which of its steps is under way. */
  step: number;
  /** The last document of the step that is done; absent: none. */
  after?: unknown;
  /** How many documents were changed so far. */
  documents: number;
}

interface TurnDocument {
  _id: string;
  /** Absent once all is done. */
  place?: Place;
  holder: string;
  until: Date;
}

interface DoneDocument {
  _id: string;
  at: Date;
}

/** Among the names of the migrations that are done: who works on the next, and where. */
const underWay = "under way";

const turns = (db: Db) => db.collection<TurnDocument>("migrations");
const done = (db: Db) => db.collection<DoneDocument>("migrations");

/** The names of the migrations that this database has behind it, and when each was done. */
export const findDone = (db: Db): Promise<DoneDocument[]> =>
  done(db)
    .find({ _id: { $ne: underWay } })
    .sort({ _id: 1 })
    .toArray();

/** Where the one stands that is under way, or was when its process ended. */
export const findPlace = async (db: Db): Promise<Place | undefined> =>
  (await turns(db).findOne({ _id: underWay }))?.place;

/** Another process works now: this one was thought dead. */
export class TurnLost extends Error {}

/**
 * The right to migrate, which one process has at a time. It is renewed as long as the process lives, and another takes over
 * once `duration` milliseconds have passed without.
 */
export class Turn {
  readonly #timer: NodeJS.Timeout;

  private constructor(
    readonly db: Db,
    readonly holder: string,
    readonly duration: number,
    /** Where whoever had it before has stopped. */
    readonly place: Place | undefined,
  ) {
    this.#timer = setInterval(() => void this.#change({}).catch(() => undefined), duration / 3);
    this.#timer.unref();
  }

  /** @returns null when another process has it */
  static async take(db: Db, duration: number): Promise<Turn | null> {
    const holder = randomUUID();
    const free = { _id: underWay, until: { $lte: new Date() } };
    const until = new Date(Date.now() + duration);
    try {
      const taken = await turns(db).findOneAndUpdate(
        free,
        { $set: { holder, until } },
        { upsert: true, returnDocument: "after" },
      );
      return new Turn(db, holder, duration, taken?.place);
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  async #change(set: { place?: Place }): Promise<boolean> {
    const until = new Date(Date.now() + this.duration);
    const { matchedCount } = await turns(this.db).updateOne(
      { _id: underWay, holder: this.holder },
      { $set: { ...set, until } },
    );
    return matchedCount > 0;
  }

  /** @throws TurnLost */
  async note(place: Place): Promise<void> {
    if (!(await this.#change({ place }))) throw new TurnLost("Another process goes on with the migrations.");
  }

  async noteDone(migration: string): Promise<void> {
    await done(this.db).updateOne({ _id: migration }, { $setOnInsert: { at: new Date() } }, { upsert: true });
    await turns(this.db).updateOne({ _id: underWay, holder: this.holder }, { $unset: { place: 1 } });
  }

  /** The place stays, for whoever comes next. */
  async giveBack(): Promise<void> {
    clearInterval(this.#timer);
    await turns(this.db).updateOne({ _id: underWay, holder: this.holder }, { $set: { until: new Date(0) } });
  }
}

import mongoose, { Schema } from "mongoose";
import { RateLimiterMongo, RateLimiterRes } from "rate-limiter-flexible";

interface CountDocument {
  key: string;
  points: number;
  expire: Date | null;
}

const schema = new Schema<CountDocument>({
  key: { type: String, required: true },
  points: { type: Number, required: true },
  expire: { type: Date, default: null },
});
schema.index({ key: 1 }, { unique: true });
schema.index({ expire: 1 }, { expireAfterSeconds: 0 });
const CountModel = mongoose.model<CountDocument>("RateLimit", schema, "rateLimits");

type Collection = ReturnType<typeof countCollection>;

/** A count lost in a crash hurts nobody: it need not wait for the disk as everything else does. */
function countCollection() {
  const { db } = mongoose.connection;
  if (!db) throw new Error("The database is not connected.");
  return db.collection<CountDocument>(CountModel.collection.collectionName, { writeConcern: { w: 1, journal: false } });
}

/** The limiter keeps the collection that it was made with; ours changes with each connection. */
const store = {
  collection: () => ({
    findOneAndUpdate: (...args: Parameters<Collection["findOneAndUpdate"]>) =>
      countCollection().findOneAndUpdate(...args),
    findOne: (...args: Parameters<Collection["findOne"]>) => countCollection().findOne(...args),
    deleteOne: (...args: Parameters<Collection["deleteOne"]>) => countCollection().deleteOne(...args),
  }),
};

/** How a count stands. */
export interface Count {
  /** Points used, this one included. */
  used: number;
  isOver: boolean;
  /** No point is left after this one. */
  isLast: boolean;
  /** Seconds until the count starts afresh. */
  seconds: number;
}

/** So many points in so many seconds for each key, counted in the database: all processes share one count. */
export class SharedLimit {
  readonly #limiter: RateLimiterMongo;

  /** @param name distinguishes the counts of different limits for one key */
  constructor(
    readonly name: string,
    readonly points: number,
    readonly duration: number,
  ) {
    this.#limiter = new RateLimiterMongo({
      storeClient: store,
      keyPrefix: name,
      points,
      duration,
      disableIndexesCreation: true,
    });
  }

  #countOf = ({ consumedPoints, msBeforeNext }: RateLimiterRes): Count => ({
    used: consumedPoints,
    isOver: consumedPoints > this.points,
    isLast: consumedPoints === this.points,
    seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
  });

  /** Uses points. @throws what the database threw */
  async use(key: string, points = 1): Promise<Count> {
    const result = await this.#limiter.consume(key, points).catch((refused: unknown) => refused);
    if (result instanceof RateLimiterRes) return this.#countOf(result);
    throw result;
  }

  /** Takes a use back. */
  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(key);
  }

  async forget(key: string): Promise<void> {
    await this.#limiter.delete(key);
  }
}

/** One stored pair. */
export type Entry = readonly [key: Buffer, value: Buffer];

/** Ordered keys and values as they are at one moment, or as they come to be while a range is read (see LmdbStore). */
export interface KeyReader {
  get(key: Buffer): Buffer | undefined;
  /** Pairs with `from <= key < to`, ascending, or descending when `reverse`. */
  range(from: Buffer, to: Buffer, reverse?: boolean): Iterable<Entry>;
  /** Number of keys with `from <= key < to`. */
  count(from: Buffer, to: Buffer): number;
}

/** A reader of one fixed moment; it holds LMDB pages until released. */
export interface Snapshot extends KeyReader {
  release(): void;
}

/** New values by key (as latin1 text); null means removed. */
export type Writes = ReadonlyMap<string, Buffer | null>;

export const textOf = (key: Buffer): string => key.toString("latin1");
export const bytesOf = (text: string): Buffer => Buffer.from(text, "latin1");

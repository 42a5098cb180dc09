import { ByteReader, ByteWriter } from "./bytes";

/**
 * Pages: sorted keys, each with an ascending list of document numbers, in the manner of LevelDB's tables
 * (https://github.com/google/leveldb/blob/main/doc/table_format.md). An entry names how many units of its key it shares with the key before; every
 * sixteenth shares none, and the page ends with the places of those, so that a key is found by halving.
 *
 *   entry: shared units, further units (count, then each), documents (count), bytes, the first document, then the gaps
 *   page:  entries, places of the restarts (16 bits each), their number (16 bits)
 *
 * A long list goes on in the pages after, as further entries of the same key.
 */
const restartEvery = 16;
/** Bytes at which a page is full: few enough to read for one short list, many enough that a common word is a handful of them. */
export const pageBytes = 32_000;
/** Documents in one entry. */
const entryDocuments = 8192;

export interface Page {
  firstKey: string;
  data: Buffer;
}

/** Writes keys, which must come in ascending order, into pages. */
export class PageWriter {
  readonly #page = new ByteWriter(pageBytes * 2);
  readonly #list = new ByteWriter();
  #restarts: number[] = [];
  #entries = 0;
  #firstKey = "";
  #lastKey = "";
  #ready: Page[] = [];

  /** @param documents ascending */
  add(key: string, documents: ArrayLike<number>): void {
    for (let from = 0; from < documents.length; from += entryDocuments)
      this.#addEntry(key, documents, from, Math.min(documents.length, from + entryDocuments));
  }

  #addEntry(key: string, documents: ArrayLike<number>, from: number, to: number): void {
    const list = this.#list;
    list.clear();
    for (let i = from, previous = 0; i < to; i++) {
      const document = documents[i] ?? 0;
      list.number(document - previous);
      previous = document;
    }
    if (this.#entries > 0 && this.#page.length + list.length > pageBytes) this.#close();
    if (this.#entries === 0) this.#firstKey = key;
    const isRestart = this.#entries % restartEvery === 0;
    if (isRestart) this.#restarts.push(this.#page.length);
    const shared = isRestart ? 0 : sharedUnits(this.#lastKey, key);
    const page = this.#page;
    page.number(shared);
    page.number(key.length - shared);
    for (let i = shared; i < key.length; i++) page.number(key.charCodeAt(i));
    page.number(to - from);
    page.number(list.length);
    page.bytes(list.view());
    this.#lastKey = key;
    this.#entries++;
  }

  #close(): void {
    const trailer = Buffer.alloc(this.#restarts.length * 2 + 2);
    this.#restarts.forEach((at, i) => trailer.writeUInt16LE(at, i * 2));
    trailer.writeUInt16LE(this.#restarts.length, this.#restarts.length * 2);
    this.#page.bytes(trailer);
    this.#ready.push({ firstKey: this.#firstKey, data: this.#page.copy() });
    this.#page.clear();
    this.#restarts = [];
    this.#entries = 0;
  }

  /** Takes the pages that are full. */
  take(): Page[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** Takes what is left. */
  end(): Page[] {
    if (this.#entries > 0) this.#close();
    return this.take();
  }
}

function sharedUnits(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++;
  return shared;
}

/** One list of a page, still encoded. */
export interface Entry {
  key: string;
  count: number;
  /** Where its documents begin in the page. */
  at: number;
}

function readKey(reader: ByteReader, previous: string): string {
  const shared = reader.number();
  let key = previous.slice(0, shared);
  for (let left = reader.number(); left > 0; left--) key += String.fromCharCode(reader.number());
  return key;
}

/** Where to begin reading for keys from `from` on: the last restart whose key is below it. */
function seek(page: Buffer, from: string): number {
  const count = page.readUInt16LE(page.length - 2);
  const table = page.length - 2 - count * 2;
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (readKey(new ByteReader(page, page.readUInt16LE(table + middle * 2)), "") < from) low = middle;
    else high = middle - 1;
  }
  return page.readUInt16LE(table + low * 2);
}

/** The entries of a page with `from <= key <= to`, in order. */
export function* entriesOf(page: Buffer, from = "", to?: string): Generator<Entry> {
  const end = page.length - 2 - page.readUInt16LE(page.length - 2) * 2;
  const reader = new ByteReader(page, seek(page, from));
  for (let key = ""; reader.at < end;) {
    key = readKey(reader, key);
    if (to !== undefined && key > to) return;
    const count = reader.number();
    const bytes = reader.number();
    const at = reader.at;
    if (key >= from) yield { key, count, at };
    reader.at = at + bytes;
  }
}

/** Calls `visit` with each document of an entry, ascending. */
export function eachDocument(page: Buffer, { at, count }: Entry, visit: (document: number) => void): void {
  const reader = new ByteReader(page, at);
  for (let left = count, document = 0; left > 0; left--) visit((document += reader.number()));
}

import { summaryOf, type SegmentSummary } from "./build-segment";
import { BlockWriter, comparePlaces, documentAt, documentsIn, type IndexedDocument } from "./documents";
import { eachDocument, entriesOf, PageWriter, type Entry, type Page } from "./pages";
import type { Pace } from "./pace";

/** A segment that is read from end to end. */
export interface SegmentSource {
  size: number;
  blocks(): Promise<Buffer[]>;
  /** In order. */
  pages(): AsyncIterable<Buffer>;
}

/** The number of a document of which another segment has a later version. */
const outdated = 0xffffffff;

interface Renumbered {
  rows: BlockWriter;
  /** For each source, the new number of each of its documents. */
  numbers: Uint32Array[];
}

/** Brings the documents of all sources into one order; of each message its latest version remains. */
async function renumber(sources: SegmentSource[], pace: Pace): Promise<Renumbered> {
  const heads: { documents: Generator<IndexedDocument>; next: IndexedDocument | undefined; at: number }[] = [];
  for (const source of sources) {
    const documents = documentsOf(await source.blocks());
    heads.push({ documents, next: documents.next().value as IndexedDocument | undefined, at: 0 });
  }
  const numbers = sources.map(({ size }) => new Uint32Array(size).fill(outdated));
  const rows = new BlockWriter();
  for (;;) {
    let first: IndexedDocument | undefined;
    for (const { next } of heads) if (next && (!first || comparePlaces(next, first) > 0)) first = next;
    if (!first) return { rows, numbers };
    let latest = -1;
    for (const [i, head] of heads.entries()) {
      if (head.next?.id !== first.id) continue;
      if (latest < 0 || head.next.rev >= first.rev) [latest, first] = [i, head.next];
    }
    for (const [i, head] of heads.entries()) {
      if (head.next?.id !== first.id) continue;
      const own = numbers[i];
      if (own && i === latest) own[head.at] = rows.size;
      head.at++;
      head.next = head.documents.next().value as IndexedDocument | undefined;
    }
    rows.add(first);
    await pace.step();
  }
}

function* documentsOf(blocks: Buffer[]): Generator<IndexedDocument> {
  for (const block of blocks) for (let row = 0; row < documentsIn(block); row++) yield documentAt(block, row);
}

/** Walks the entries of one source. */
class EntryWalk {
  readonly #pages: AsyncIterator<Buffer>;
  #entries: Generator<Entry> | undefined;
  page: Buffer = Buffer.alloc(0);
  entry: Entry | undefined;

  constructor(source: SegmentSource) {
    this.#pages = source.pages()[Symbol.asyncIterator]();
  }

  /** Goes to the next entry of the page. @returns false where the page ends: then comes `turn` */
  advance(): boolean {
    this.entry = this.#entries?.next().value as Entry | undefined;
    return this.entry !== undefined;
  }

  /** Goes to the first entry of the next page; `entry` is undefined at the end of all. */
  async turn(): Promise<void> {
    const { done, value } = await this.#pages.next();
    if (done) return;
    this.page = value;
    this.#entries = entriesOf(value);
    this.advance();
  }
}

/** Document numbers, gathered from several lists into one that ascends. */
class Gathered {
  #numbers = new Uint32Array(1024);
  #isSorted = true;
  length = 0;
  readonly #bits: Uint32Array;

  constructor(readonly size: number) {
    this.#bits = new Uint32Array(Math.ceil(size / 32));
  }

  clear(): void {
    this.length = 0;
    this.#isSorted = true;
  }

  add(page: Buffer, entry: Entry, numbers: Uint32Array): void {
    if (this.length + entry.count > this.#numbers.length) {
      const larger = new Uint32Array(Math.max(this.#numbers.length * 2, this.length + entry.count));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    const own = this.#numbers;
    let { length } = this;
    eachDocument(page, entry, (document) => {
      const number = numbers[document] ?? outdated;
      if (number === outdated) return;
      if (length > 0 && number < (own[length - 1] ?? 0)) this.#isSorted = false;
      own[length++] = number;
    });
    this.length = length;
  }

  /** All of them, ascending, until the next call. */
  sorted(): Uint32Array {
    const found = this.#numbers.subarray(0, this.length);
    if (this.#isSorted) return found;
    // Where many are gathered, walking over all documents costs less than sorting.
    if (found.length < this.size / 512) return found.sort();
    const bits = this.#bits;
    for (const number of found) bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
    let at = 0;
    for (let word = 0; word < bits.length; word++) {
      for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1)
        found[at++] = (word << 5) | (31 - Math.clz32(rest & -rest));
      bits[word] = 0;
    }
    return found;
  }
}

/** Pages that are handed on at once. */
const pagesAtOnce = 16;

/**
 * Makes one segment of several, reading and writing page by page.
 * @param write takes the pages as they come, in order
 */
export async function mergeSegments(
  sources: SegmentSource[],
  write: (pages: Page[]) => Promise<void>,
  pace: Pace,
): Promise<SegmentSummary> {
  const { rows, numbers } = await renumber(sources, pace);
  const walks = sources.map((source) => new EntryWalk(source));
  await Promise.all(walks.map((walk) => walk.turn()));
  const writer = new PageWriter();
  const gathered = new Gathered(rows.size);
  let ready: Page[] = [];
  for (;;) {
    let key: string | undefined;
    for (const { entry } of walks) if (entry && (key === undefined || entry.key < key)) key = entry.key;
    if (key === undefined) break;
    gathered.clear();
    for (const [i, walk] of walks.entries())
      while (walk.entry?.key === key) {
        gathered.add(walk.page, walk.entry, numbers[i] ?? new Uint32Array());
        if (!walk.advance()) await walk.turn();
      }
    if (gathered.length > 0) writer.add(key, gathered.sorted());
    ready.push(...writer.take());
    if (ready.length >= pagesAtOnce) await write(ready.splice(0));
    await pace.step();
  }
  ready = [...ready, ...writer.end()];
  if (ready.length > 0) await write(ready);
  return summaryOf(rows);
}

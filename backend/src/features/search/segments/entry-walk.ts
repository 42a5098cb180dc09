import { entriesOf, type Entry } from "./pages";

async function* asynchronous(pages: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* pages;
}

/** Walks the entries of a segment, in order, over all its pages. */
export class EntryWalk {
  readonly #pages: AsyncIterator<Buffer>;
  #entries: Generator<Entry> | undefined;
  page: Buffer = Buffer.alloc(0);
  entry: Entry | undefined;

  constructor(pages: AsyncIterable<Buffer> | Iterable<Buffer>) {
    this.#pages = Symbol.asyncIterator in pages ? pages[Symbol.asyncIterator]() : asynchronous(pages);
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

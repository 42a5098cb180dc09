import type { Types } from "mongoose";
import { blockDocuments, documentAt, type IndexedDocument } from "./documents";
import { decodeKeys } from "./first-keys";
import type { KeyRange } from "./keys";
import type { SegmentSource } from "./merge-segments";
import { loadPages, SegmentGone } from "./page-loader";
import { blockId, idsOf, pageId, segmentHeads, segmentPages, type SegmentDocument } from "./segments.model";

/** A segment as queries see it: its head in memory, its pages to be asked for. */
export class StoredSegment {
  readonly id: string;
  readonly size: number;
  readonly #firstKeys: string[];
  readonly #blockTimes: number[];
  readonly #pages: Buffer[] | undefined;
  readonly #blocks: Buffer[] | undefined;

  constructor(head: SegmentDocument) {
    this.id = head._id.toHexString();
    this.size = head.size;
    this.#firstKeys = decodeKeys(head.firstKeys);
    this.#blockTimes = Array.from({ length: head.blockTimes.length / 8 }, (_, i) =>
      head.blockTimes.readDoubleLE(i * 8),
    );
    // Copies: the driver's bytes are a part of its whole answer, which would stay in memory with them.
    this.#pages = head.pages?.map((page) => Buffer.from(page));
    this.#blocks = head.blocks?.map((block) => Buffer.from(block));
  }

  /** The numbers of the pages that may have keys of a range. */
  pagesOf({ from, to }: KeyRange): number[] {
    const first = Math.max(0, lowerBound(this.#firstKeys, from) - 1);
    const numbers: number[] = [];
    for (let page = first; page < this.#firstKeys.length && (this.#firstKeys[page] ?? "") <= to; page++)
      numbers.push(page);
    return numbers;
  }

  loadPages(numbers: number[]): Promise<Buffer[]> {
    const own = this.#pages;
    return own
      ? Promise.resolve(numbers.map((number) => own[number] ?? Buffer.alloc(2)))
      : loadPages(numbers.map((number) => pageId(this.id, number)));
  }

  /** No document up to this number was sent after this moment: the next block begins with it. */
  timeBelow(number: number): number {
    return this.#blockTimes[Math.floor(number / blockDocuments) + 1] ?? Infinity;
  }

  /** The numbers of documents sent from `from` to `to` (both included) lie within these, the second not included. */
  numbersBetween(from: number, to: number): [number, number] {
    const first = Math.max(0, lowerBound(this.#blockTimes, from) - 1);
    let end = first;
    while (end < this.#blockTimes.length && (this.#blockTimes[end] ?? 0) <= to) end++;
    return [first * blockDocuments, Math.min(this.size, end * blockDocuments)];
  }

  async loadDocuments(numbers: number[]): Promise<IndexedDocument[]> {
    const blocks = [...new Set(numbers.map((number) => Math.floor(number / blockDocuments)))];
    const own = this.#blocks;
    const loaded = own
      ? blocks.map((block) => own[block] ?? Buffer.alloc(0))
      : await loadPages(blocks.map((block) => blockId(this.id, block)));
    const byNumber = new Map(blocks.map((block, i) => [block, loaded[i] ?? Buffer.alloc(0)]));
    return numbers.map((number) =>
      documentAt(byNumber.get(Math.floor(number / blockDocuments)) ?? Buffer.alloc(0), number % blockDocuments),
    );
  }

  /** For reading it from end to end, past the cache. */
  source(): SegmentSource {
    const [id, pages, blocks] = [this.id, this.#pages, this.#blocks];
    return {
      size: this.size,
      blocks: () => blocks ?? readAll(id, "b", this.#blockTimes.length),
      pages: () => pages ?? readAll(id, "p", this.#firstKeys.length),
    };
  }
}

/** All pages or blocks of a segment, in order. @throws SegmentGone unless there are `count` */
async function* readAll(id: string, kind: "b" | "p", count: number): AsyncGenerator<Buffer> {
  const options = { batchSize: 16, promoteBuffers: true, sort: { _id: 1 } as const };
  let left = count;
  for await (const { data } of segmentPages().find({ _id: idsOf(id, kind) }, options)) {
    left--;
    yield data;
  }
  if (left !== 0) throw new SegmentGone(id);
}

/** The place of the first that is not below `value`. */
function lowerBound<T extends string | number>(sorted: T[], value: T): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const opened = new Map<string, StoredSegment>();

/** The segments with these ids, in their order. @throws SegmentGone */
export async function openSegments(ids: Types.ObjectId[]): Promise<StoredSegment[]> {
  const missing = ids.filter((id) => !opened.has(id.toHexString()));
  if (missing.length > 0) {
    const options = { promoteBuffers: true };
    const heads = segmentHeads().find({ _id: { $in: missing } }, options);
    for await (const head of heads) opened.set(head._id.toHexString(), new StoredSegment(head));
  }
  return ids.map((id) => {
    const segment = opened.get(id.toHexString());
    if (!segment) throw new SegmentGone(id.toHexString());
    return segment;
  });
}

/** Forgets all others: only the segments listed are asked for from now on. */
export function forgetSegmentsBut(ids: Set<string>): void {
  for (const id of opened.keys()) if (!ids.has(id)) opened.delete(id);
}

import type { Types } from "mongoose";
import type { Segment, SegmentSummary } from "./build-segment";
import { ByteReader, ByteWriter } from "./bytes";
import { blockDocuments, documentAt, type IndexedDocument } from "./documents";
import type { KeyRange } from "./keys";
import type { SegmentSource } from "./merge-segments";
import { loadPages, SegmentGone } from "./page-loader";
import type { Page } from "./pages";
import {
  blockId,
  idsOf,
  pageId,
  segmentHeads,
  segmentPages,
  type PageDocument,
  type SegmentDocument,
} from "./segments.model";

/** Bytes up to which a segment is one document. */
const inlineBytes = 128 * 1024;

function encodeKeys(keys: string[]): Buffer {
  const writer = new ByteWriter();
  for (const key of keys) {
    writer.number(key.length);
    for (let i = 0; i < key.length; i++) writer.number(key.charCodeAt(i));
  }
  return writer.copy();
}

function decodeKeys(bytes: Buffer): string[] {
  const reader = new ByteReader(bytes);
  const keys: string[] = [];
  while (reader.at < bytes.length) {
    const units = Array.from({ length: reader.number() }, () => reader.number());
    keys.push(String.fromCharCode(...units));
  }
  return keys;
}

const firstTimes = (blocks: Buffer[]): Buffer => Buffer.concat(blocks.map((block) => block.subarray(0, 8)));

const headOf = (id: Types.ObjectId, { size, blocks }: SegmentSummary, firstKeys: string[]): SegmentDocument => ({
  _id: id,
  size,
  firstKeys: encodeKeys(firstKeys),
  blockTimes: firstTimes(blocks),
});

const bytesOf = (buffers: Buffer[]): number => buffers.reduce((sum, { length }) => sum + length, 0);

/** Pages and blocks on their way into the database; nobody looks for them before the segment's head is there. */
const insertAll = async (documents: PageDocument[]): Promise<void> =>
  void (documents.length > 0 && (await segmentPages().insertMany(documents, { ordered: false })));

/** Stores a segment that was built in memory. @returns its size in bytes */
export async function storeSegment(id: Types.ObjectId, segment: Segment): Promise<number> {
  const pages = segment.pages.map(({ data }) => data);
  const bytes = bytesOf(pages) + bytesOf(segment.blocks);
  const head = headOf(
    id,
    segment,
    segment.pages.map(({ firstKey }) => firstKey),
  );
  if (bytes <= inlineBytes) {
    await segmentHeads().insertOne({ ...head, pages, blocks: segment.blocks });
    return bytes;
  }
  const writer = new SegmentWriter(id);
  await writer.write(segment.pages);
  return writer.end(segment);
}

/** Stores a segment page by page. */
export class SegmentWriter {
  readonly #firstKeys: string[] = [];
  #bytes = 0;

  constructor(readonly id: Types.ObjectId) {}

  async write(pages: Page[]): Promise<void> {
    const id = this.id.toHexString();
    const from = this.#firstKeys.length;
    this.#firstKeys.push(...pages.map(({ firstKey }) => firstKey));
    this.#bytes += bytesOf(pages.map(({ data }) => data));
    await insertAll(pages.map(({ data }, i) => ({ _id: pageId(id, from + i), data })));
  }

  /** @returns the segment's size in bytes */
  async end(summary: SegmentSummary): Promise<number> {
    const id = this.id.toHexString();
    await insertAll(summary.blocks.map((data, i) => ({ _id: blockId(id, i), data })));
    await segmentHeads().insertOne(headOf(this.id, summary, this.#firstKeys));
    return this.#bytes + bytesOf(summary.blocks);
  }
}

/** Removes a segment that nobody asks for any more. */
export async function removeSegment(id: Types.ObjectId): Promise<void> {
  await segmentPages().deleteMany({ _id: idsOf(id.toHexString()) });
  await segmentHeads().deleteOne({ _id: id });
}

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

  /** No document with this number or a higher one was sent before this moment, and none with a lower one after the next block began. */
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
      blocks: async () => blocks ?? (await readAll(idsOf(id, "b"))),
      async *pages() {
        if (pages) return yield* pages;
        const options = { batchSize: 16, promoteBuffers: true, sort: { _id: 1 } as const };
        for await (const { data } of segmentPages().find({ _id: idsOf(id, "p") }, options)) yield data;
      },
    };
  }
}

async function readAll(ids: ReturnType<typeof idsOf>): Promise<Buffer[]> {
  const options = { promoteBuffers: true, sort: { _id: 1 } as const };
  const found = await segmentPages().find({ _id: ids }, options).toArray();
  return found.map(({ data }) => data);
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

/** The ids of all segments of which anything is stored, in the index or not. */
export async function* listStoredSegments(): AsyncGenerator<string> {
  for (let after = ""; ;) {
    const next = await segmentPages().findOne({ _id: { $gt: after } }, { sort: { _id: 1 }, projection: { _id: 1 } });
    if (!next) break;
    const id = next._id.slice(0, 24);
    yield id;
    after = idsOf(id).$lt;
  }
  // Those that are one document.
  for await (const { _id } of segmentHeads().find({}, { sort: { _id: 1 }, projection: { _id: 1 } }))
    yield _id.toHexString();
}

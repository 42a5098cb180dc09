import type { Types } from "mongoose";
import type { Segment, SegmentSummary } from "./build-segment";
import { encodeKeys } from "./first-keys";
import { SegmentGone } from "./page-loader";
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

/** @throws SegmentGone when one of some segments is not there */
export async function checkSegments(ids: Types.ObjectId[]): Promise<void> {
  if ((await segmentHeads().countDocuments({ _id: { $in: ids } })) < ids.length) throw new SegmentGone();
}

/** Removes a segment that nobody asks for any more. */
export async function removeSegment(id: Types.ObjectId): Promise<void> {
  await segmentPages().deleteMany({ _id: idsOf(id.toHexString()) });
  await segmentHeads().deleteOne({ _id: id });
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

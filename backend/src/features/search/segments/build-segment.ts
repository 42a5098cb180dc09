import { BlockWriter, comparePlaces, type IndexedDocument } from "./documents";
import type { Pace } from "./pace";
import { PageWriter, type Page } from "./pages";

/** A message as it goes into the index. Without keys it is known of, and found by nothing: so a deleted one hides what it said before. */
export interface DocumentToIndex extends IndexedDocument {
  keys: Iterable<string>;
}

/** What is known of a segment without its pages. */
export interface SegmentSummary {
  /** How many documents it holds. */
  size: number;
  /** When its first and its last message were sent. */
  from: number;
  to: number;
  blocks: Buffer[];
}

/** An index over some messages, which never changes any more. */
export interface Segment extends SegmentSummary {
  pages: Page[];
}

const oldestFirst = (a: IndexedDocument, b: IndexedDocument): number => comparePlaces(b, a);

/** @param documents each message once */
export async function buildSegment(documents: DocumentToIndex[], pace: Pace): Promise<Segment> {
  const sorted = [...documents].sort(oldestFirst);
  const rows = new BlockWriter();
  const lists = new Map<string, number[]>();
  for (const [number, document] of sorted.entries()) {
    rows.add(document);
    for (const key of document.keys) {
      const list = lists.get(key);
      if (list) list.push(number);
      else lists.set(key, [number]);
    }
    await pace.step();
  }
  const writer = new PageWriter();
  for (const key of [...lists.keys()].sort()) {
    writer.add(key, lists.get(key) ?? []);
    await pace.step();
  }
  return { ...summaryOf(rows), pages: writer.end() };
}

export const summaryOf = (rows: BlockWriter): SegmentSummary => ({
  size: rows.size,
  from: rows.from,
  to: rows.to,
  blocks: rows.blocks(),
});

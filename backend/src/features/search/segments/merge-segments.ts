import { summaryOf, type SegmentSummary } from "./build-segment";
import { BlockWriter, comparePlaces, documentAt, documentsIn, type IndexedDocument } from "./documents";
import { EntryWalk } from "./entry-walk";
import { GatheredList, outdated } from "./gathered-list";
import { PageWriter, type Page } from "./pages";
import type { Pace } from "./pace";

/** A segment that is read from end to end. */
export interface SegmentSource {
  size: number;
  /** Both in order. */
  blocks(): AsyncIterable<Buffer> | Iterable<Buffer>;
  pages(): AsyncIterable<Buffer> | Iterable<Buffer>;
}

interface Renumbered {
  rows: BlockWriter;
  /** For each source, the new number of each of its documents. */
  numbers: Uint32Array[];
}

/** Brings the documents of all sources into one order; of each message its latest version remains. */
async function renumber(sources: SegmentSource[], pace: Pace): Promise<Renumbered> {
  const heads: { documents: Generator<IndexedDocument>; next: IndexedDocument | undefined; at: number }[] = [];
  for (const source of sources) {
    const blocks: Buffer[] = [];
    for await (const block of source.blocks()) blocks.push(block);
    const documents = documentsOf(blocks);
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
  const walks = sources.map((source) => new EntryWalk(source.pages()));
  await Promise.all(walks.map((walk) => walk.turn()));
  const writer = new PageWriter();
  const gathered = new GatheredList(rows.size);
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

import { PageCache } from "./page-cache";
import { segmentPages } from "./segments.model";

/** Bytes of pages that a process keeps. They never change: what is kept is right for as long as anybody asks for it. */
const cachedBytes = 32 * 1024 * 1024;
/** Pages of one query to the database. */
const pagesAtOnce = 200;

/** A page is not there any more: its segment was merged into another, and has been removed meanwhile. */
export class SegmentGone extends Error {}

const cache = new PageCache(cachedBytes);
let wanted = new Set<string>();
let arrival: Promise<Map<string, Buffer>> | undefined;

async function fetchPages(ids: string[]): Promise<Map<string, Buffer>> {
  const fetched = new Map<string, Buffer>();
  const groups = Array.from({ length: Math.ceil(ids.length / pagesAtOnce) }, (_, i) =>
    ids.slice(i * pagesAtOnce, (i + 1) * pagesAtOnce),
  );
  await Promise.all(
    groups.map(async (group) => {
      const options = { batchSize: pagesAtOnce, promoteBuffers: true };
      for await (const { _id, data } of segmentPages().find({ _id: { $in: group } }, options)) {
        // The driver's bytes are a part of its whole answer, which would stay in memory with them.
        const page = Buffer.from(data);
        fetched.set(_id, page);
        cache.set(_id, page);
      }
    }),
  );
  return fetched;
}

/** What is asked for in one turn of the event loop becomes one query. */
function fetchTogether(ids: string[]): Promise<Map<string, Buffer>> {
  for (const id of ids) wanted.add(id);
  arrival ??= Promise.resolve().then(() => {
    const all = [...wanted];
    [wanted, arrival] = [new Set(), undefined];
    return fetchPages(all);
  });
  return arrival;
}

/** In the order asked for. @throws SegmentGone */
export async function loadPages(ids: string[]): Promise<Buffer[]> {
  const held = ids.map((id) => cache.get(id));
  const missing = ids.filter((_, i) => !held[i]);
  const fetched = missing.length > 0 ? await fetchTogether(missing) : undefined;
  return ids.map((id, i) => {
    const page = held[i] ?? fetched?.get(id);
    if (!page) throw new SegmentGone(id);
    return page;
  });
}

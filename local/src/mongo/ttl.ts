import { decode } from "./bson/decode";
import type { Collection, Index } from "./catalog";
import type { Database } from "./database";
import { deleteDocument } from "./indexes";
import { compileFilter } from "./query/matcher";
import { planHinted } from "./query/plan";
import { ScanStats, scan } from "./query/scan";

/** Most documents removed in one commit, so that a sweep never holds the write lock for long. */
const batch = 1000;

function isExpiring(index: Index): index is Index & { expireAfterSeconds: number } {
  return index.expireAfterSeconds !== undefined && index.fields.length === 1;
}

async function sweepIndex(
  database: Database,
  collection: Collection,
  index: Index & { expireAfterSeconds: number },
  now: number,
): Promise<number> {
  const [field] = index.fields;
  const filter = { [field?.name ?? ""]: { $lt: new Date(now - index.expireAfterSeconds * 1000) } };
  const matches = compileFilter(filter);
  const plan = planHinted({ collection, filter }, index, false);
  let removed = 0;
  for (;;) {
    const count = await database.write((unit) => {
      const current = unit.collection(collection.ns);
      if (current?.id !== collection.id || !current.indexes.includes(index)) return 0;
      const hits = [];
      for (const hit of scan(unit, current, plan, matches, new ScanStats())) {
        hits.push(hit);
        if (hits.length === batch) break;
      }
      for (const hit of hits) deleteDocument(unit, current, decode(hit.raw));
      return hits.length;
    });
    removed += count;
    if (count < batch) return removed;
  }
}

/** Removes the documents that expired by their TTL index. @returns how many. */
export async function sweepExpired(database: Database, now = Date.now()): Promise<number> {
  let removed = 0;
  for (const collection of database.catalog.collections.values()) {
    for (const index of collection.indexes)
      if (isExpiring(index)) removed += await sweepIndex(database, collection, index, now);
  }
  return removed;
}

import type { Act, Db, Document, Migration, Walk } from "./migration";
import type { Place, Turn } from "./turn";

/** The embedded database looks for no more than a thousand values by an index. */
const batchSize = 500;

interface Options {
  signal?: AbortSignal | undefined;
  /** Told after each batch. */
  onBatch?: ((place: Place) => void) | undefined;
}

const nextBatch = (db: Db, { collection, filter, fields }: Walk, after: unknown): Promise<Document[]> =>
  db
    .collection(collection)
    .find(after === undefined ? filter : { $and: [filter, { _id: { $gt: after } }] })
    .project({ _id: 1, ...fields })
    .sort({ _id: 1 })
    .limit(batchSize)
    .toArray();

async function walk(db: Db, step: Walk, from: Place, turn: Turn, { signal, onBatch }: Options): Promise<number> {
  let place = from;
  for (;;) {
    signal?.throwIfAborted();
    const batch = await nextBatch(db, step, place.after);
    const last = batch.at(-1);
    if (!last) return place.documents;
    await step.change(db, batch);
    place = { ...place, after: last["_id"], documents: place.documents + batch.length };
    await turn.note(place);
    onBatch?.(place);
  }
}

const isWalk = (step: Walk | Act): step is Walk => "collection" in step;

/**
 * Does what is left of a migration.
 * @returns how many documents it went through, over all attempts
 * @throws TurnLost, and the signal's reason, between two batches
 */
export async function runMigration(db: Db, { name, steps }: Migration, turn: Turn, options: Options): Promise<number> {
  const known = turn.place?.migration === name ? turn.place : undefined;
  let documents = known?.documents ?? 0;
  for (const [number, step] of steps.entries()) {
    if (number < (known?.step ?? 0)) continue;
    const place: Place = known?.step === number ? known : { migration: name, step: number, documents };
    await turn.note(place);
    options.signal?.throwIfAborted();
    if (isWalk(step)) documents = await walk(db, step, place, turn, options);
    else await step.act(db);
  }
  await turn.noteDone(name);
  return documents;
}

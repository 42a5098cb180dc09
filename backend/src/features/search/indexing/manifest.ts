import { randomUUID } from "node:crypto";
import mongoose, { Schema, Types, type ClientSession } from "mongoose";
import { inTransaction, isDuplicateKey } from "../../../db/transaction";
import { driverCollection } from "../driver-collection";

/** Raised when folds or keys change: what an earlier version indexed is then indexed again. */
export const indexFormat = 1;

/** A segment that is part of the index. */
export interface ListedSegment {
  _id: Types.ObjectId;
  size: number;
  bytes: number;
  /** When its first and its last message were sent, in milliseconds since the epoch. */
  from: number;
  to: number;
}

/** What the index consists of: one document, so that it changes as a whole. */
export interface ManifestDocument {
  _id: "manifest";
  format: number;
  /** Another for each index that is begun: what is noted of channels belongs to one of them. */
  generation: string;
  /** Raised by every change, which is refused when another came before it. */
  version: number;
  /** Raised when messages are added: how far the channels are indexed has changed. */
  batches: number;
  segments: ListedSegment[];
  /** Segments that were merged into others: kept for a while, for those who are reading them. */
  retired: { _id: Types.ObjectId; at: Date }[];
}

/** How far a channel is indexed. */
export interface IndexedChannelDocument {
  /** The channel's. */
  _id: Types.ObjectId;
  /** All changes up to this revision are in the index of this generation. */
  rev: number;
  generation: string;
}

const manifest = new Schema<ManifestDocument>({
  _id: String,
  format: Number,
  generation: String,
  version: Number,
  batches: Number,
  segments: [Schema.Types.Mixed],
  retired: [Schema.Types.Mixed],
});
const channels = new Schema<IndexedChannelDocument>({ rev: Number, generation: String });

const ManifestModel = mongoose.model<ManifestDocument>("SearchManifest", manifest, "searchManifest");
const IndexedChannelModel = mongoose.model<IndexedChannelDocument>(
  "SearchIndexedChannel",
  channels,
  "searchIndexedChannels",
);

export const manifests = () => driverCollection(ManifestModel);
export const indexedChannels = () => driverCollection(IndexedChannelModel);

/** An index with nothing in it, in the place of another; nothing is indexed with it yet. */
const emptyAfter = (before?: ManifestDocument): ManifestDocument => ({
  _id: "manifest",
  format: indexFormat,
  generation: randomUUID(),
  version: before?.version ?? 0,
  batches: before?.batches ?? 0,
  segments: [],
  retired: [...(before?.retired ?? []), ...(before?.segments ?? []).map(({ _id }) => ({ _id, at: new Date() }))],
});

/**
 * The index as it is; one of an earlier format is as good as none, and the next change makes it one of ours. Of a later one
 * the format tells: it is not ours to change.
 */
export async function readManifest(): Promise<ManifestDocument> {
  const found = await manifests().findOne({ _id: "manifest" });
  if (!found || found.format < indexFormat) return emptyAfter(found ?? undefined);
  return found.format === indexFormat ? found : { ...emptyAfter(), format: found.format };
}

/** What is noted of some channels. */
export async function readIndexedChannels(ids: Types.ObjectId[]): Promise<IndexedChannelDocument[]> {
  const found: IndexedChannelDocument[] = [];
  // The embedded database looks for no more than a thousand values by an index.
  for (let from = 0; from < ids.length; from += 500) {
    const filter = { _id: { $in: ids.slice(from, from + 500) } };
    found.push(...(await indexedChannels().find(filter, { batchSize: 500 }).toArray()));
  }
  return found;
}

/** Another process changed the index first. */
export class Outrun extends Error {}

/**
 * Changes the index in one transaction, from exactly the state in `before`.
 * @param revs how far channels are indexed with it
 * @throws Outrun
 */
export async function commitManifest(
  before: ManifestDocument,
  change: Pick<ManifestDocument, "segments" | "retired">,
  revs: Map<string, number> = new Map(),
): Promise<ManifestDocument> {
  // A newer version of the program is at work: ours ends soon.
  if (before.format > indexFormat) throw new Outrun();
  const batches = before.batches + (revs.size > 0 ? 1 : 0);
  const after: ManifestDocument = { ...before, ...change, batches, version: before.version + 1 };
  const commit = async (session: ClientSession): Promise<void> => {
    const { version, generation } = before;
    const { matchedCount, upsertedCount } = await manifests().replaceOne({ _id: "manifest", version }, after, {
      session,
      upsert: version === 0,
    });
    if (matchedCount + upsertedCount === 0) throw new Outrun();
    const writes = [...revs].map(([id, rev]) => ({
      updateOne: {
        filter: { _id: new Types.ObjectId(id) },
        update: { $set: { rev, generation } },
        upsert: true,
      },
    }));
    if (writes.length > 0) await indexedChannels().bulkWrite(writes, { session });
  };
  try {
    await inTransaction(commit);
  } catch (error) {
    throw isDuplicateKey(error) ? new Outrun() : error;
  }
  return after;
}

/** Lets go of an index that is damaged: all is indexed anew. @throws Outrun */
export async function beginAnew(): Promise<void> {
  const damaged = await readManifest();
  const before = emptyAfter(damaged);
  await commitManifest({ ...before, format: damaged.format }, before);
}

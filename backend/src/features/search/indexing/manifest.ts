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
  /** All changes up to this revision are in the index. */
  rev: number;
  /** In an index of this format: another says nothing of ours. */
  format: number;
}

const manifest = new Schema<ManifestDocument>({
  _id: String,
  format: Number,
  version: Number,
  batches: Number,
  segments: [Schema.Types.Mixed],
  retired: [Schema.Types.Mixed],
});
const channels = new Schema<IndexedChannelDocument>({ rev: Number, format: Number });

const ManifestModel = mongoose.model<ManifestDocument>("SearchManifest", manifest, "searchManifest");
const IndexedChannelModel = mongoose.model<IndexedChannelDocument>(
  "SearchIndexedChannel",
  channels,
  "searchIndexedChannels",
);

export const manifests = () => driverCollection(ManifestModel);
export const indexedChannels = () => driverCollection(IndexedChannelModel);

const empty: ManifestDocument = {
  _id: "manifest",
  format: indexFormat,
  version: 0,
  batches: 0,
  segments: [],
  retired: [],
};

/** An index of another format is as good as none. Of an earlier one the first change makes one of ours. */
export async function readManifest(): Promise<ManifestDocument> {
  const found = await manifests().findOne({ _id: "manifest" });
  if (!found || found.format === indexFormat) return found ?? empty;
  const { version, batches, format } = found;
  const retired = [...found.retired, ...found.segments.map(({ _id }) => ({ _id, at: new Date() }))];
  return { ...empty, version, batches, retired, format: Math.max(format, indexFormat) };
}

/** How far each of some channels is indexed; those that are not at all are left out. */
export async function readIndexedRevs(ids: Types.ObjectId[]): Promise<Map<string, number>> {
  const revs = new Map<string, number>();
  // The embedded database looks for no more than a thousand values by an index.
  for (let from = 0; from < ids.length; from += 500) {
    const filter = { _id: { $in: ids.slice(from, from + 500) }, format: indexFormat };
    for await (const { _id, rev } of indexedChannels().find(filter, { batchSize: 500 }))
      revs.set(_id.toHexString(), rev);
  }
  return revs;
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
    const { version } = before;
    const { matchedCount, upsertedCount } = await manifests().replaceOne({ _id: "manifest", version }, after, {
      session,
      upsert: version === 0,
    });
    if (matchedCount + upsertedCount === 0) throw new Outrun();
    const writes = [...revs].map(([id, rev]) => ({
      updateOne: {
        filter: { _id: new Types.ObjectId(id) },
        update: { $set: { rev, format: indexFormat } },
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

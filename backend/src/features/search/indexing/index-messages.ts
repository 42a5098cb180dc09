import { Types } from "mongoose";
import { ChannelModel } from "../../channels/channels.model";
import { MessageModel } from "../../messages/messages.model";
import { behindWith, type BehindChannel } from "../backlog";
import { driverCollection } from "../driver-collection";
import { buildSegment, type DocumentToIndex } from "../segments/build-segment";
import { addGrams, authorKey, channelKey, traitKey } from "../segments/keys";
import type { Pace } from "../segments/pace";
import { removeSegment, storeSegment } from "../segments/stored-segment";
import { isSearchable, searchedFields, textsOf, traitsOf, type SearchedMessage } from "../text/message-text";
import {
  commitManifest,
  indexFormat,
  Outrun,
  readIndexedRevs,
  readManifest,
  type ListedSegment,
  type ManifestDocument,
} from "./manifest";

/** Messages that become one segment at most. */
const batchSize = 2000;
/** Channels that are compared at a time. */
const channelsAtOnce = 500;

function keysOf(message: SearchedMessage): Set<string> {
  const keys = new Set<string>();
  if (!isSearchable(message)) return keys;
  for (const text of textsOf(message)) addGrams(text, keys);
  keys.add(channelKey(message.channelId.toHexString()));
  keys.add(authorKey(message.userId.toHexString()));
  for (const trait of traitsOf(message)) keys.add(traitKey(trait));
  return keys;
}

/** All channels that the index is behind with; or those of `ids`. */
export async function* channelsBehind(ids?: string[]): AsyncGenerator<BehindChannel> {
  const among = ids ? { $in: ids.map((id) => new Types.ObjectId(id)) } : { $exists: true };
  for (let after: Types.ObjectId | undefined; ;) {
    const channels = await ChannelModel.find({ _id: { ...among, ...(after && { $gt: after }) } }, { rev: 1 })
      .sort({ _id: 1 })
      .limit(channelsAtOnce)
      .lean();
    yield* behindWith(channels, await readIndexedRevs(channels.map(({ _id }) => _id)));
    after = channels.at(-1)?._id;
    if (channels.length < channelsAtOnce) return;
  }
}

/** Changes of one channel in their order, until `take` has had enough. @returns the revision up to which it has had all */
async function readChanges(
  { channelId, indexedRev, rev }: BehindChannel,
  take: (message: SearchedMessage) => Promise<boolean>,
): Promise<number> {
  const changes = driverCollection(MessageModel)
    .find({ channelId, rev: { $gt: indexedRev, $lte: rev } }, { projection: searchedFields, batchSize: 500 })
    .sort({ rev: 1 });
  for await (const message of changes) if (!(await take(message))) return message.rev;
  return rev;
}

/** Messages on their way into the index, with how far they bring their channels. */
export class Batch {
  readonly #documents: DocumentToIndex[] = [];
  readonly #revs = new Map<string, number>();

  /** @param before the index as it was before any of the channels was compared with it */
  constructor(
    readonly before: ManifestDocument,
    readonly pace: Pace,
  ) {}

  get isFull(): boolean {
    return this.#documents.length >= batchSize;
  }

  async add(behind: BehindChannel): Promise<void> {
    const reached = await readChanges(behind, async (message) => {
      this.#documents.push({
        time: message.createdAt.getTime(),
        id: message._id.toHexString(),
        rev: message.rev,
        keys: keysOf(message),
      });
      await this.pace.step();
      return !this.isFull;
    });
    this.#revs.set(behind.channelId.toHexString(), reached);
  }

  /** Makes all of it part of the index, or nothing. @throws Outrun when another process has indexed meanwhile */
  async commit(): Promise<void> {
    if (this.#revs.size === 0) return;
    const segment = this.#documents.length > 0 ? [await this.#store()] : [];
    try {
      await this.#list(segment);
    } catch (error) {
      for (const { _id } of segment) await removeSegment(_id);
      throw error;
    }
  }

  async #store(): Promise<ListedSegment> {
    const _id = new Types.ObjectId();
    const segment = await buildSegment(this.#documents, this.pace);
    return { _id, size: segment.size, bytes: await storeSegment(_id, segment), from: segment.from, to: segment.to };
  }

  /** Segments may be merged meanwhile. */
  async #list(added: ListedSegment[]): Promise<void> {
    for (;;) {
      const before = await readManifest();
      if (before.batches !== this.before.batches || before.format > indexFormat) throw new Outrun();
      const { retired, segments } = before;
      try {
        await commitManifest(before, { segments: [...segments, ...added], retired }, this.#revs);
        return;
      } catch (error) {
        if (!(error instanceof Outrun)) throw error;
      }
    }
  }
}

/**
 * Brings a batch of what is not indexed into the index.
 * @param ids the channels to look at; all when absent
 * @returns false when nothing was left to do @throws Outrun
 */
export async function indexSome(ids: string[] | undefined, pace: Pace): Promise<boolean> {
  const before = await readManifest();
  if (before.format > indexFormat) return false;
  const batch = new Batch(before, pace);
  for await (const behind of channelsBehind(ids)) {
    await batch.add(behind);
    if (batch.isFull) break;
  }
  await batch.commit();
  return batch.isFull;
}

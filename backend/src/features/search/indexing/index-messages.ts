import { Types } from "mongoose";
import { ChannelModel } from "../../channels/channels.model";
import { MessageModel } from "../../messages/messages.model";
import { behindWith, type BehindChannel } from "../backlog";
import { driverCollection } from "../driver-collection";
import { buildSegment, type DocumentToIndex } from "../segments/build-segment";
import { addGrams, authorKey, channelKey, traitKey } from "../segments/keys";
import type { Pace } from "../segments/pace";
import { storeSegment } from "../segments/store-segment";
import { isSearchable, searchedFields, textsOf, traitsOf, type SearchedMessage } from "../text/message-text";
import {
  commitManifest,
  indexFormat,
  Outrun,
  readIndexedChannels,
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

const documentOf = (message: SearchedMessage): DocumentToIndex => ({
  time: message.createdAt.getTime(),
  id: message._id.toHexString(),
  rev: message.rev,
  keys: keysOf(message),
});

/** All channels that the index is behind with; or those of `ids`. */
async function* channelsBehind(generation: string, ids?: string[]): AsyncGenerator<BehindChannel> {
  const among = ids ? { $in: ids.map((id) => new Types.ObjectId(id)) } : { $exists: true };
  for (let after: Types.ObjectId | undefined; ;) {
    const channels = await ChannelModel.find({ _id: { ...among, ...(after && { $gt: after }) } }, { rev: 1 })
      .sort({ _id: 1 })
      .limit(channelsAtOnce)
      .lean();
    yield* behindWith(generation, channels, await readIndexedChannels(channels.map(({ _id }) => _id)));
    after = channels.at(-1)?._id;
    if (channels.length < channelsAtOnce) return;
  }
}

/** Changes of one channel, in their order. */
const changesOf = ({ channelId, indexedRev, rev }: BehindChannel) =>
  driverCollection(MessageModel)
    .find({ channelId, rev: { $gt: indexedRev, $lte: rev } }, { projection: searchedFields, batchSize: 500 })
    .sort({ rev: 1 });

/** Messages on their way into the index, with how far they bring their channels. */
class Batch {
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

  /** Takes what a channel has to index, until it is full. */
  async add(behind: BehindChannel): Promise<void> {
    let reached = behind.rev;
    for await (const message of changesOf(behind)) {
      if (this.isFull && message.rev > (this.#documents.at(-1)?.rev ?? 0)) {
        reached = message.rev - 1;
        break;
      }
      this.#documents.push(documentOf(message));
      await this.pace.step();
    }
    this.#revs.set(behind.channelId.toHexString(), reached);
  }

  /** Makes all of it part of the index, or nothing. @throws Outrun when another process has indexed meanwhile */
  async commit(): Promise<void> {
    if (this.#revs.size === 0) return;
    await this.#list(this.#documents.length > 0 ? [await this.#store()] : []);
  }

  async #store(): Promise<ListedSegment> {
    const _id = new Types.ObjectId();
    const segment = await buildSegment(this.#documents, this.pace);
    return { _id, size: segment.size, bytes: await storeSegment(_id, segment), from: segment.from, to: segment.to };
  }

  /** Segments may be merged meanwhile. */
  async #list(added: ListedSegment[]): Promise<void> {
    for (;;) {
      const now = await readManifest();
      const isSame = now.version === this.before.version;
      if (!isSame && (now.batches !== this.before.batches || now.generation !== this.before.generation))
        throw new Outrun();
      const { retired, segments } = now;
      try {
        const before = isSame ? this.before : now;
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
  for await (const behind of channelsBehind(before.generation, ids)) {
    await batch.add(behind);
    if (batch.isFull) break;
  }
  await batch.commit();
  return batch.isFull;
}

import { Types } from "mongoose";
import { MessageModel, type MessageDocument } from "../messages/messages.model";
import { behindWith, isShort, readBacklog, readBacklogBefore, type BehindChannel } from "./backlog";
import { driverCollection } from "./driver-collection";
import { indexFormat, readIndexedRevs, readManifest, type ManifestDocument } from "./indexing/manifest";
import type { SearchPosition } from "./position";
import { matches, type Criteria } from "./query/criteria";
import type { ReadableChannel } from "./query/resolve-query";
import { Candidates } from "./segments/candidates";
import { comparePlaces, type Place } from "./segments/documents";
import type { Clause } from "./segments/find-documents";
import { authorKey, channelKey, rangesOf, traitKey } from "./segments/keys";
import { SegmentGone } from "./segments/page-loader";
import { forgetSegmentsBut } from "./segments/stored-segment";

/** How long one answer may take to look through messages, in milliseconds: then it is given as far as it goes. */
const patience = 250;
/** Messages looked through at a time. */
const [firstBatch, largestBatch] = [64, 512];
/**
 * How many grams are asked for in all, and of one term. Looking three times as many up costs less than the messages that have them all and
 * not the term: of 10^6, a word made of common syllables took 167 ms with every third gram, and 29 ms with all.
 */
const [mostGrams, mostGramsOfTerm] = [48, 16];

export interface Found {
  messages: MessageDocument[];
  /** Where to go on; `null` at the end. */
  next: SearchPosition | null;
}

const placeOf = ({ createdAt, _id }: MessageDocument): Place => ({ time: createdAt.getTime(), id: _id.toHexString() });
const newestFirst = (a: MessageDocument, b: MessageDocument): number => comparePlaces(placeOf(a), placeOf(b));

/** What the index can tell; the channels first. */
function clausesOf({ terms, channelIds, authorIds, traits }: Criteria): Clause[] {
  const most = Math.max(2, Math.min(mostGramsOfTerm, Math.floor(mostGrams / Math.max(1, terms.length))));
  const grams = new Map(
    terms.flatMap((term) => rangesOf(term, most)).map((range) => [`${range.from}${range.to}`, range]),
  );
  return [
    new Set([...channelIds].map(channelKey)),
    ...grams.values(),
    ...(authorIds ? [new Set([...authorIds].map(authorKey))] : []),
    ...traits.map((trait) => new Set([traitKey(trait)])),
  ];
}

async function loadMessages(ids: string[]): Promise<MessageDocument[]> {
  if (ids.length === 0) return [];
  const filter = { _id: { $in: ids.map((id) => new Types.ObjectId(id)) } };
  return driverCollection(MessageModel).find(filter, { batchSize: largestBatch }).toArray();
}

/** One search: what is asked for, and until when it may go on. */
class Search {
  readonly #deadline = performance.now() + patience;

  constructor(
    readonly criteria: Criteria,
    readonly channels: ReadableChannel[],
    readonly limit: number,
  ) {}

  get #isOver(): boolean {
    return performance.now() > this.#deadline;
  }

  #matching(messages: MessageDocument[]): MessageDocument[] {
    return messages.filter((message) => matches(message, this.criteria));
  }

  async run(position: SearchPosition | undefined): Promise<Found> {
    const { criteria, channels } = this;
    if (criteria.channelIds.size === 0) return { messages: [], next: null };
    const after = position && "place" in position ? position.place : undefined;
    if (criteria.messageIds) return this.#among(criteria.messageIds, after);
    // How far the index goes before the index itself: whatever is indexed in between is looked at twice, not never.
    const wanted = channels.filter(({ _id }) => criteria.channelIds.has(_id.toHexString()));
    const indexed = await readIndexedRevs(wanted.map(({ _id }) => _id));
    const manifest = await readManifest();
    const behind = behindWith(wanted, manifest.format === indexFormat ? indexed : new Map());
    forgetSegmentsBut(new Set(manifest.segments.map(({ _id }) => _id.toHexString())));
    if (isShort(behind) && !(position && "rev" in position))
      return this.#indexed(manifest, await readBacklog(behind), after);
    // What is not indexed was looked through before a place in the index was reached.
    if (after) return this.#indexed(manifest, [], after);
    const first = await this.#backlog(behind, position && "rev" in position ? position : undefined);
    if (first.next) return first;
    const rest = await this.#indexed(manifest, [], undefined, this.limit - first.messages.length);
    return { messages: [...first.messages, ...rest.messages], next: rest.next };
  }

  /** The answer among few messages that are known by name. */
  async #among(ids: ReadonlySet<string>, after: Place | undefined): Promise<Found> {
    const all: MessageDocument[] = [];
    const wanted = [...ids];
    for (let from = 0; from < wanted.length; from += largestBatch)
      all.push(...this.#matching(await loadMessages(wanted.slice(from, from + largestBatch))));
    const left = all.filter((message) => !after || comparePlaces(placeOf(message), after) > 0).sort(newestFirst);
    return this.#page(left, null, this.limit);
  }

  #page(messages: MessageDocument[], next: SearchPosition | null, limit: number): Found {
    const last = messages[limit - 1];
    if (messages.length <= limit || !last) return { messages, next };
    return { messages: messages.slice(0, limit), next: { place: placeOf(last) } };
  }

  /** Newest first; `fresh` are the messages of which the index knows nothing, or something that is out of date. */
  async #indexed(
    manifest: ManifestDocument,
    fresh: MessageDocument[],
    after: Place | undefined,
    limit = this.limit,
  ): Promise<Found> {
    const { from, to } = this.criteria.span;
    const candidates = new Candidates(manifest.segments, clausesOf(this.criteria), { from, to: to - 1, after });
    const freshIds = new Set(fresh.map(({ _id }) => _id.toHexString()));
    let waiting = this.#matching(fresh)
      .filter((message) => !after || comparePlaces(placeOf(message), after) > 0)
      .sort(newestFirst);
    const answer: MessageDocument[] = [];
    for (let size = Math.max(firstBatch, limit + 1); ; size = Math.min(largestBatch, size * 2)) {
      const places = await candidates.next(size);
      const reached = places.length < size ? undefined : places.at(-1);
      const isReached = (message: MessageDocument) => !reached || comparePlaces(placeOf(message), reached) <= 0;
      const indexed = await loadMessages(places.map(({ id }) => id).filter((id) => !freshIds.has(id)));
      answer.push(...[...this.#matching(indexed), ...waiting.filter(isReached)].sort(newestFirst));
      waiting = waiting.filter((message) => !isReached(message));
      if (!reached || answer.length > limit) return this.#page(answer, reached ? { place: reached } : null, limit);
      if (this.#isOver) return this.#page(answer, { place: reached }, limit);
    }
  }

  /** Channel by channel, while there is too much that is not indexed to be brought into one order. */
  async #backlog(behind: BehindChannel[], from: { channelId: string; rev: number } | undefined): Promise<Found> {
    const messages: MessageDocument[] = [];
    const inOrder = behind
      .map((channel) => ({ ...channel, id: channel.channelId.toHexString() }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const channel of inOrder) {
      if (from && channel.id < from.channelId) continue;
      let before = from?.channelId === channel.id ? from.rev : Infinity;
      for (;;) {
        const some = await readBacklogBefore(channel, before, largestBatch);
        for (const message of some) {
          before = message.rev;
          if (!matches(message, this.criteria)) continue;
          messages.push(message);
          if (messages.length === this.limit) return { messages, next: { channelId: channel.id, rev: before } };
        }
        if (some.length < largestBatch) break;
        if (this.#isOver) return { messages, next: { channelId: channel.id, rev: before } };
      }
    }
    return { messages, next: null };
  }
}

/** A page of the messages that match, newest first. It may be short, or empty, and not be the last. */
export async function findMessages(
  criteria: Criteria,
  channels: ReadableChannel[],
  position: SearchPosition | undefined,
  limit: number,
): Promise<Found> {
  const attempt = () => new Search(criteria, channels, limit).run(position);
  try {
    return await attempt();
  } catch (error) {
    // Segments were merged while they were read; the new ones are there.
    if (error instanceof SegmentGone) return attempt();
    throw error;
  }
}

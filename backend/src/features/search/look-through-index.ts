import { Types } from "mongoose";
import { MessageModel, type MessageDocument } from "../messages/messages.model";
import { firstOf, newestFirst, placeOf, standsAfter, type Answer, type Found } from "./answer";
import { driverCollection } from "./driver-collection";
import type { ListedSegment } from "./indexing/manifest";
import type { Criteria } from "./query/criteria";
import { Candidates } from "./segments/candidates";
import { comparePlaces, type Place } from "./segments/documents";
import type { Clause } from "./segments/find-documents";
import { authorKey, channelKey, rangesOf, traitKey } from "./segments/keys";

/** Messages looked through at a time. */
const [firstBatch, largestBatch] = [64, 512];
/**
 * How many grams are asked for in all, and of one term. Looking three times as many up costs less than the messages that have them all and
 * not the term: of 10^6, a word made of common syllables took 167 ms with every third gram, and 29 ms with all.
 */
const [mostGrams, mostGramsOfTerm] = [48, 16];

/** What the index can tell; the channels first. */
function clausesOf({ terms, channelIds, authorIds, traits }: Criteria): Clause[] {
  const most = Math.max(2, Math.min(mostGramsOfTerm, Math.floor(mostGrams / Math.max(1, terms.length))));
  const ranges = terms.flatMap((term) => rangesOf(term, most));
  return [
    new Set([...channelIds].map(channelKey)),
    ...new Map(ranges.map((range) => [`${range.from}${range.to}`, range])).values(),
    ...(authorIds ? [new Set([...authorIds].map(authorKey))] : []),
    ...traits.map((trait) => new Set([traitKey(trait)])),
  ];
}

/** In no particular order. */
export async function loadMessages(ids: string[]): Promise<MessageDocument[]> {
  const messages: MessageDocument[] = [];
  for (let from = 0; from < ids.length; from += largestBatch) {
    const filter = { _id: { $in: ids.slice(from, from + largestBatch).map((id) => new Types.ObjectId(id)) } };
    messages.push(...(await driverCollection(MessageModel).find(filter, { batchSize: largestBatch }).toArray()));
  }
  return messages;
}

/**
 * Looks through what the index proposes, newest first.
 * @param fresh messages of which the index knows nothing, or something that is out of date
 * @param after where the page before ended
 */
export async function lookThroughIndex(
  answer: Answer,
  segments: ListedSegment[],
  fresh: MessageDocument[],
  after: Place | undefined,
): Promise<Found> {
  const { criteria, limit } = answer;
  const { from, to } = criteria.span;
  const candidates = new Candidates(segments, clausesOf(criteria), { from, to: to - 1, after });
  const freshIds = new Set(fresh.map(({ _id }) => _id.toHexString()));
  let waiting = answer.matching(fresh).filter((message) => standsAfter(message, after));
  const messages: MessageDocument[] = [];
  for (let size = Math.max(firstBatch, limit + 1); ; size = Math.min(largestBatch, size * 2)) {
    const places = await candidates.next(size);
    const reached = places.length < size ? undefined : places.at(-1);
    const isReached = (message: MessageDocument) => !reached || comparePlaces(placeOf(message), reached) <= 0;
    const proposed = await loadMessages(places.map(({ id }) => id).filter((id) => !freshIds.has(id)));
    messages.push(...[...answer.matching(proposed), ...waiting.filter(isReached)].sort(newestFirst));
    waiting = waiting.filter((message) => !isReached(message));
    if (!reached || messages.length > limit || answer.isOver)
      return firstOf(messages, limit, reached ? { place: reached } : null);
  }
}

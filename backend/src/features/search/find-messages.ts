import { unavailable } from "../../http/errors";
import { Answer, firstOf, newestFirst, standsAfter, type Found } from "./answer";
import { behindWith, isShort, readBacklog } from "./backlog";
import { readIndexedChannels, readManifest } from "./indexing/manifest";
import { lookThroughBacklog } from "./look-through-backlog";
import { loadMessages, lookThroughIndex } from "./look-through-index";
import type { SearchPosition } from "./position";
import type { Criteria } from "./query/criteria";
import type { ReadableChannel } from "./query/resolve-query";
import { SegmentGone } from "./segments/page-loader";
import { forgetSegmentsBut } from "./segments/stored-segment";

/** The index as it is, and what it does not have of the channels in question. */
async function readIndex(criteria: Criteria, channels: ReadableChannel[]) {
  const wanted = channels.filter(({ _id }) => criteria.channelIds.has(_id.toHexString()));
  // How far it goes before what it consists of: whatever is indexed in between is looked at twice, not never.
  const indexed = await readIndexedChannels(wanted.map(({ _id }) => _id));
  const { segments, generation } = await readManifest();
  forgetSegmentsBut(new Set(segments.map(({ _id }) => _id.toHexString())));
  return { segments, behind: behindWith(generation, wanted, indexed) };
}

async function find(
  criteria: Criteria,
  channels: ReadableChannel[],
  position: SearchPosition | undefined,
  limit: number,
): Promise<Found> {
  if (criteria.channelIds.size === 0) return { messages: [], next: null };
  const answer = new Answer(criteria, limit);
  const after = position && "place" in position ? position.place : undefined;
  if (criteria.messageIds) {
    const messages = answer.matching(await loadMessages([...criteria.messageIds]));
    return firstOf(messages.filter((message) => standsAfter(message, after)).sort(newestFirst), limit, null);
  }
  const from = position && "rev" in position ? position : undefined;
  const { segments, behind } = await readIndex(criteria, channels);
  if (!from && isShort(behind)) return lookThroughIndex(answer, segments, await readBacklog(behind), after);
  // Before a place in the index was reached, the backlog was looked through.
  if (after) return lookThroughIndex(answer, segments, [], after);
  const first = await lookThroughBacklog(answer, behind, from);
  if (first.next) return first;
  const rest = await lookThroughIndex(new Answer(criteria, limit - first.messages.length), segments, [], undefined);
  return { messages: [...first.messages, ...rest.messages], next: rest.next };
}

/** A page of the messages that match, newest first. It may be short, or empty, and not be the last. */
export async function findMessages(...asked: Parameters<typeof find>): Promise<Found> {
  // Segments may be merged while they are read; then the new ones are there.
  for (let attempts = 2; attempts > 0; attempts--)
    try {
      return await find(...asked);
    } catch (error) {
      if (!(error instanceof SegmentGone)) throw error;
    }
  throw unavailable("The search index is being put in order. Try again in a minute.");
}

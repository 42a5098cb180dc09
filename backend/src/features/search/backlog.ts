import type { Types } from "mongoose";
import { MessageModel, type MessageDocument } from "../messages/messages.model";
import { driverCollection } from "./driver-collection";
import type { IndexedChannelDocument } from "./indexing/manifest";

/** A channel with changes that are not in the index yet. */
export interface BehindChannel {
  channelId: Types.ObjectId;
  /** The revision up to which all is indexed. */
  indexedRev: number;
  /** The channel's own. */
  rev: number;
}

/** Those of some channels that an index is behind with. @param indexed what is noted of them */
export function behindWith(
  generation: string,
  channels: { _id: Types.ObjectId; rev: number }[],
  indexed: IndexedChannelDocument[],
): BehindChannel[] {
  const own = indexed.filter((channel) => channel.generation === generation);
  const indexedRevs = new Map(own.map(({ _id, rev }) => [_id.toHexString(), rev]));
  return channels.flatMap(({ _id, rev }) => {
    const indexedRev = indexedRevs.get(_id.toHexString()) ?? 0;
    return rev > indexedRev ? [{ channelId: _id, indexedRev, rev }] : [];
  });
}

/** Past so many changes, or channels, the backlog is not read as a whole any more. */
const shortBacklog = 1000;
const fewChannels = 50;

/** Whether it can be read as a whole beside each search: it is some seconds' messages, unless the index is being built. */
export const isShort = (behind: BehindChannel[]): boolean =>
  behind.length <= fewChannels &&
  behind.reduce((sum, { rev, indexedRev }) => sum + rev - indexedRev, 0) <= shortBacklog;

/** Everything that is not indexed. */
export async function readBacklog(behind: BehindChannel[]): Promise<MessageDocument[]> {
  const messages = await Promise.all(
    behind.map(({ channelId, indexedRev }) =>
      driverCollection(MessageModel)
        .find({ channelId, rev: { $gt: indexedRev } }, { batchSize: shortBacklog })
        .toArray(),
    ),
  );
  return messages.flat();
}

/** A part of one channel's backlog, the latest change first. */
export const readBacklogBefore = (
  { channelId, indexedRev }: BehindChannel,
  rev: number,
  limit: number,
): Promise<MessageDocument[]> =>
  driverCollection(MessageModel)
    .find({ channelId, rev: { $gt: indexedRev, $lt: rev } }, { batchSize: limit })
    .sort({ rev: -1 })
    .limit(limit)
    .toArray();

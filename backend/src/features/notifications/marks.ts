import type { Types } from "mongoose";
import { MemberModel } from "../channels/members.model";
import { ThreadFollowModel } from "../messages/thread-follows.model";

/** Somebody in a channel (`rootId` null) or one of its threads. */
export interface Place {
  userId: Types.ObjectId;
  rootId: Types.ObjectId | null;
}

const keyOf = (userId: Types.ObjectId, rootId: Types.ObjectId): string =>
  `${userId.toHexString()} ${rootId.toHexString()}`;

/** How far people have read a channel and its threads, for all at once; `null`: they are not in it any more. */
export async function marksIn(
  channelId: Types.ObjectId,
  places: readonly Place[],
): Promise<(place: Place) => number | null> {
  const userId = { $in: [...new Map(places.map((place) => [place.userId.toHexString(), place.userId])).values()] };
  const roots = [...new Map(places.flatMap(({ rootId }) => (rootId ? [[rootId.toHexString(), rootId]] : []))).values()];
  const members = await MemberModel.find({ channelId, userId }, { userId: 1, lastReadSeq: 1 }).lean();
  const follows =
    roots.length === 0
      ? []
      : await ThreadFollowModel.find(
          { messageId: { $in: roots }, userId },
          { userId: 1, messageId: 1, lastReadSeq: 1 },
        ).lean();
  const inChannel = new Map(members.map((row) => [row.userId.toHexString(), row.lastReadSeq]));
  const inThread = new Map(follows.map((row) => [keyOf(row.userId, row.messageId), row.lastReadSeq]));
  return (place) => {
    const mark = inChannel.get(place.userId.toHexString()) ?? null;
    if (mark === null || !place.rootId) return mark;
    // Called in a thread that they do not follow: they have read nothing of it.
    return inThread.get(keyOf(place.userId, place.rootId)) ?? 0;
  };
}

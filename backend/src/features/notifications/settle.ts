import type { QueryFilter, Types } from "mongoose";
import type { MessageDocument } from "../messages/messages.model";
import { marksIn, type Place } from "./marks";
import { foldingKinds, NotificationModel, type NotificationDocument } from "./notifications.model";
import { recount, writeRecounted } from "./recount";
import { publishNotifications, publishRead } from "./tell";

/** Somebody has read a channel (`rootId` null) or thread up to a revision. */
export interface Mark extends Place {
  channelId: Types.ObjectId;
  seq: number;
}

async function markRead(userId: Types.ObjectId, these: QueryFilter<NotificationDocument>): Promise<void> {
  await NotificationModel.updateMany(these, { $set: { isRead: true, pushAt: null, mailAt: null } });
  const read = await NotificationModel.find({ ...these, isRead: true }, { _id: 1 }).lean();
  if (read.length === 0) return;
  const ids = read.map(({ _id }) => _id);
  await publishRead(userId, ids, null);
}

/** What has been read of these, each in part, they stand for no longer. */
async function shorten({ userId, channelId, rootId, seq }: Mark, rows: NotificationDocument[]): Promise<void> {
  const rests = rows.map((row) => ({ row, from: seq + 1 }));
  const recounted = await recount(channelId, rootId, rests);
  await publishNotifications(await writeRecounted(recounted), new Map());
  // Of what lies beyond the mark nothing stands any more.
  for (const { row, next } of recounted) if (!next) await markRead(userId, { _id: row._id, seq: row.seq });
}

/** Whoever has read what a notice is about has read the notice, on all their devices. */
export async function settleRead(mark: Mark): Promise<void> {
  const { userId, channelId, rootId, seq } = mark;
  const about = { userId, channelId, parentId: rootId, kind: { $ne: "reminder" } } as const;
  const concerned = { $or: [{ seq: { $lte: seq } }, { kind: { $in: foldingKinds }, firstSeq: { $lte: seq } }] };
  const rows = await NotificationModel.find({ ...about, ...concerned, isRead: false }).lean();
  const whole = rows.filter((row) => row.seq <= seq).map(({ _id }) => _id);
  // One that grows meanwhile stands for more than they have read.
  if (whole.length > 0) await markRead(userId, { ...about, _id: { $in: whole }, seq: { $lte: seq } });
  await shorten(
    mark,
    rows.filter((row) => row.seq > seq),
  );
}

/** Whoever read it while the rows (of one channel) were being written: they must not stay unread for good. */
export async function settleRace(written: readonly NotificationDocument[]): Promise<void> {
  const [first] = written;
  if (!first) return;
  const { channelId } = first;
  const places = written.map(({ userId, parentId, seq }) => ({ userId, rootId: parentId, seq }));
  const markOf = await marksIn(channelId, places);
  for (const { userId, rootId, seq } of places) {
    // Who has left since is not to be told what was said there.
    const mark = markOf({ userId, rootId }) ?? Number.MAX_SAFE_INTEGER;
    if (mark >= seq) await settleRead({ userId, channelId, rootId, seq: mark });
  }
}

/**
 * Who writes has read what stood before. How far, their mark says and not what they wrote: what leaves by schedule was written
 * by somebody who is not there.
 */
export async function settleWritten(messages: readonly MessageDocument[]): Promise<void> {
  const people = messages.filter((message) => !message.bot);
  const [first] = people;
  if (!first) return;
  const { channelId } = first;
  // One look for all of them: most have nothing to clear.
  const filter = { userId: { $in: people.map(({ userId }) => userId) }, isRead: false, channelId };
  const waiting = await NotificationModel.find(filter, { userId: 1 }).lean();
  const ids = new Set(waiting.map(({ userId }) => userId.toHexString()));
  const places = new Map(
    people
      .filter(({ userId }) => ids.has(userId.toHexString()))
      .map(({ userId, parentId = null }) => [`${String(userId)} ${String(parentId)}`, { userId, rootId: parentId }]),
  );
  if (places.size === 0) return;
  const markOf = await marksIn(channelId, [...places.values()]);
  for (const place of places.values()) {
    const seq = markOf(place);
    if (seq !== null) await settleRead({ ...place, channelId, seq });
  }
}

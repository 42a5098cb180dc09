import type { MessagePage, PageQuery } from "@connectbest/contract";
import type { Types } from "mongoose";
import { notFound } from "../../http/errors";
import { MessageModel, type MessageDocument } from "./messages.model";
import { presentMessages } from "./messages.presenter";

type Direction = "before" | "after";

/** What is paged: a channel's own messages (`parentId` null), or one of its threads. */
interface Stretch {
  channelId: Types.ObjectId;
  parentId: Types.ObjectId | null;
}

/** One more than asked for tells whether there is more. Nearest to `seq` first. */
const neighbours = (stretch: Stretch, direction: Direction, seq: number, limit: number) =>
  MessageModel.find({ ...stretch, seq: direction === "before" ? { $lt: seq } : { $gt: seq } })
    .sort({ seq: direction === "before" ? -1 : 1 })
    .limit(limit + 1)
    .lean();

/** In the channel a reply stands where the message stands that it hangs under. */
async function findAnchor(stretch: Stretch, id: Types.ObjectId | string): Promise<MessageDocument> {
  const anchor = await MessageModel.findById(id).lean();
  if (!anchor || !anchor.channelId.equals(stretch.channelId)) throw notFound("This message");
  if (String(anchor.parentId ?? "") === String(stretch.parentId ?? "")) return anchor;
  if (anchor.parentId && !stretch.parentId) return findAnchor(stretch, anchor.parentId);
  throw notFound("This message");
}

const isThere = async (stretch: Stretch, direction: Direction, seq: number): Promise<boolean> =>
  (await MessageModel.exists({ ...stretch, seq: direction === "before" ? { $lte: seq } : { $gte: seq } })) !== null;

async function around(stretch: Stretch, anchor: MessageDocument, limit: number): Promise<MessagePage> {
  const half = Math.floor((limit - 1) / 2);
  const [before, after] = await Promise.all([
    neighbours(stretch, "before", anchor.seq, half),
    neighbours(stretch, "after", anchor.seq, limit - 1 - half),
  ]);
  const older = before.slice(0, half).reverse();
  const newer = after.slice(0, limit - 1 - half);
  return {
    messages: await presentMessages([...older, anchor, ...newer]),
    hasMoreBefore: before.length > older.length,
    hasMoreAfter: after.length > newer.length,
  };
}

const placeOf = { seq: 1, createdAt: 1 };
const nearest = (stretch: Stretch, direction: Direction, seq: number) =>
  MessageModel.findOne({ ...stretch, seq: direction === "before" ? { $lte: seq } : { $gte: seq } }, placeOf)
    .sort({ seq: direction === "before" ? -1 : 1 })
    .lean();

/**
 * The first message from a moment on. Time rises with `seq`, by which alone messages are indexed: halving the stretch finds it
 * in some twenty looks among a million. `null`: nothing has been said since.
 */
async function findFirstFrom(stretch: Stretch, moment: Date): Promise<MessageDocument | null> {
  const [first, last] = await Promise.all([
    nearest(stretch, "after", 0),
    nearest(stretch, "before", Number.MAX_SAFE_INTEGER),
  ]);
  if (!first || !last || last.createdAt < moment) return null;
  let low = first.seq;
  let found = last.seq;
  while (low < found) {
    const middle = await nearest(stretch, "before", Math.floor((low + found) / 2));
    if (middle && middle.createdAt >= moment) found = middle.seq;
    else low = Math.floor((low + found) / 2) + 1;
  }
  return MessageModel.findOne({ ...stretch, seq: found }).lean();
}

/**
 * A page of a channel, or of one of its threads, oldest first.
 * @throws not_found when the message to page from is not in it
 */
export async function pageOf(
  channelId: Types.ObjectId,
  query: PageQuery,
  parentId: Types.ObjectId | null = null,
): Promise<MessagePage> {
  const stretch = { channelId, parentId };
  if (query.around) return around(stretch, await findAnchor(stretch, query.around), query.limit);
  const first = query.at ? await findFirstFrom(stretch, new Date(query.at)) : null;
  if (first) return around(stretch, first, query.limit);
  const direction: Direction = query.after ? "after" : "before";
  const anchorId = query.after ?? query.before;
  const anchorSeq = anchorId ? (await findAnchor(stretch, anchorId)).seq : Number.MAX_SAFE_INTEGER;
  const found = await neighbours(stretch, direction, anchorSeq, query.limit);
  const page = found.slice(0, query.limit);
  if (direction === "before") page.reverse();
  const hasMore = found.length > page.length;
  const hasOther =
    anchorId !== undefined && (await isThere(stretch, direction === "before" ? "after" : "before", anchorSeq));
  return {
    messages: await presentMessages(page),
    hasMoreBefore: direction === "before" ? hasMore : hasOther,
    hasMoreAfter: direction === "before" ? hasOther : hasMore,
  };
}

import type { MessagePage, PageQuery } from "@connectbest/contract";
import type { Types } from "mongoose";
import { notFound } from "../../http/errors";
import { MessageModel, type MessageDocument } from "./messages.model";
import { presentMessages } from "./messages.presenter";

type Direction = "before" | "after";

/** One more than asked for tells whether there is more. Nearest to `seq` first. */
const neighbours = (channelId: Types.ObjectId, direction: Direction, seq: number, limit: number) =>
  MessageModel.find({ channelId, seq: direction === "before" ? { $lt: seq } : { $gt: seq } })
    .sort({ seq: direction === "before" ? -1 : 1 })
    .limit(limit + 1)
    .lean();

async function findAnchor(channelId: Types.ObjectId, id: string): Promise<MessageDocument> {
  const anchor = await MessageModel.findById(id).lean();
  if (!anchor || !anchor.channelId.equals(channelId)) throw notFound("This message");
  return anchor;
}

const isThere = async (channelId: Types.ObjectId, direction: Direction, seq: number): Promise<boolean> =>
  (await MessageModel.exists({ channelId, seq: direction === "before" ? { $lte: seq } : { $gte: seq } })) !== null;

async function around(channelId: Types.ObjectId, id: string, limit: number): Promise<MessagePage> {
  const anchor = await findAnchor(channelId, id);
  const half = Math.floor((limit - 1) / 2);
  const [before, after] = await Promise.all([
    neighbours(channelId, "before", anchor.seq, half),
    neighbours(channelId, "after", anchor.seq, limit - 1 - half),
  ]);
  const older = before.slice(0, half).reverse();
  const newer = after.slice(0, limit - 1 - half);
  return {
    messages: await presentMessages([...older, anchor, ...newer]),
    hasMoreBefore: before.length > older.length,
    hasMoreAfter: after.length > newer.length,
  };
}

/** A page of a channel, oldest first. @throws not_found when the message to page from is not in the channel */
export async function pageOf(channelId: Types.ObjectId, query: PageQuery): Promise<MessagePage> {
  if (query.around) return around(channelId, query.around, query.limit);
  const direction: Direction = query.after ? "after" : "before";
  const anchorId = query.after ?? query.before;
  const anchorSeq = anchorId ? (await findAnchor(channelId, anchorId)).seq : Number.MAX_SAFE_INTEGER;
  const found = await neighbours(channelId, direction, anchorSeq, query.limit);
  const page = found.slice(0, query.limit);
  if (direction === "before") page.reverse();
  const hasMore = found.length > page.length;
  const hasOther =
    anchorId !== undefined && (await isThere(channelId, direction === "before" ? "after" : "before", anchorSeq));
  return {
    messages: await presentMessages(page),
    hasMoreBefore: direction === "before" ? hasMore : hasOther,
    hasMoreAfter: direction === "before" ? hasOther : hasMore,
  };
}

import { userTopic, type Message } from "@connectbest/contract";
import { Types, type QueryFilter } from "mongoose";
import { isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { dateOf, decodeCursor, encodeCursor } from "../../http/cursor";
import { publish } from "../../realtime/publish";
import { MemberModel } from "../channels/members.model";
import { BookmarkModel, type BookmarkDocument } from "./bookmarks.model";
import { findLiveMessage, findReadableMessage } from "./find-message";
import { MessageModel } from "./messages.model";
import { presentMessages } from "./messages.presenter";

const tell = (actor: Actor, messageId: string, isBookmarked: boolean): void =>
  publish(userTopic(actor.userId.toHexString()), { type: "bookmark.updated", messageId, isBookmarked });

export async function add(actor: Actor, messageId: string): Promise<void> {
  const { message } = await findLiveMessage(messageId, actor.userId);
  const { _id, channelId } = message;
  try {
    await BookmarkModel.create({ userId: actor.userId, messageId: _id, channelId, createdAt: new Date() });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  tell(actor, messageId, true);
}

export async function remove(actor: Actor, messageId: string): Promise<void> {
  const { deletedCount } = await BookmarkModel.deleteOne({ userId: actor.userId, messageId });
  // One's own list can be tidied after leaving; what was not in it must at least be readable.
  if (deletedCount === 0) await findReadableMessage(messageId, actor.userId);
  tell(actor, messageId, false);
}

/** Latest first; what was deleted, or is no longer theirs to read, is passed over. */
export async function list(
  actor: Actor,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ bookmarks: { message: Message; createdAt: string }[]; nextCursor: string | null }> {
  const after = decodeCursor(page.cursor);
  const before = after && dateOf(after);
  const filter: QueryFilter<BookmarkDocument> = {
    userId: actor.userId,
    ...(after && {
      createdAt: { $lte: before },
      $or: [{ createdAt: { $lt: before } }, { _id: { $lt: new Types.ObjectId(after.id) } }],
    }),
  };
  const found = await BookmarkModel.find(filter)
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit + 1)
    .lean();
  const shown = found.slice(0, page.limit);
  const channelIds = shown.map((bookmark) => bookmark.channelId);
  const mine = await MemberModel.find(
    { userId: actor.userId, channelId: { $in: channelIds } },
    { channelId: 1 },
  ).lean();
  const joined = new Set(mine.map((member) => member.channelId.toHexString()));
  const ids = shown.flatMap(({ channelId, messageId }) => (joined.has(channelId.toHexString()) ? messageId : []));
  const messages = await presentMessages(await MessageModel.find({ _id: { $in: ids } }).lean());
  const byId = new Map(messages.map((message) => [message.id, message]));
  const last = shown.at(-1);
  return {
    bookmarks: shown.flatMap(({ messageId, createdAt }) => {
      const message = byId.get(messageId.toHexString());
      return message && !message.isDeleted ? [{ message, createdAt: createdAt.toISOString() }] : [];
    }),
    nextCursor:
      found.length > shown.length && last
        ? encodeCursor({ key: last.createdAt.toISOString(), id: last._id.toHexString() })
        : null,
  };
}

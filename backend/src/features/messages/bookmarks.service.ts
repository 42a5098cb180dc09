import { userTopic, type Message } from "@connectbest/contract";
import { isDuplicateKey } from "../../db/transaction";
import { findDatePage } from "../../db/date-page";
import type { Actor } from "../../http/actor";
import { publish } from "../../realtime/publish";
import { MemberModel } from "../channels/members.model";
import { BookmarkModel } from "./bookmarks.model";
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
  const order = { by: "createdAt", direction: -1 } as const;
  const { found, nextCursor } = await findDatePage(BookmarkModel, { userId: actor.userId }, order, page);
  const channelIds = found.map((bookmark) => bookmark.channelId);
  const mine = await MemberModel.find(
    { userId: actor.userId, channelId: { $in: channelIds } },
    { channelId: 1 },
  ).lean();
  const joined = new Set(mine.map((member) => member.channelId.toHexString()));
  const ids = found.flatMap(({ channelId, messageId }) => (joined.has(channelId.toHexString()) ? messageId : []));
  const messages = await presentMessages(await MessageModel.find({ _id: { $in: ids } }).lean());
  const byId = new Map(messages.map((message) => [message.id, message]));
  return {
    bookmarks: found.flatMap(({ messageId, createdAt }) => {
      const message = byId.get(messageId.toHexString());
      return message && !message.isDeleted ? [{ message, createdAt: createdAt.toISOString() }] : [];
    }),
    nextCursor,
  };
}

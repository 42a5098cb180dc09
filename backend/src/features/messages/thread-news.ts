import { userTopic, type Thread } from "@connectbest/contract";
import { publish } from "../../realtime/publish";
import type { MessageDocument } from "./messages.model";
import { presentMessages } from "./messages.presenter";
import type { ThreadFollowDocument } from "./thread-follows.model";

/** A message whose thread has changed, and those to whom that changes something. */
export interface ThreadChange {
  parent: MessageDocument;
  follows: ThreadFollowDocument[];
}

export const presentThread = (follow: Omit<ThreadFollowDocument, "_id" | "userId" | "isUnread">): Thread => ({
  messageId: follow.messageId.toHexString(),
  channelId: follow.channelId.toHexString(),
  isFollowing: follow.isFollowing,
  lastReadSeq: follow.lastReadSeq,
  unreadCount: follow.unreadCount,
  mentionCount: follow.mentionCount,
  lastReplyAt: follow.lastReplyAt?.toISOString() ?? null,
  version: follow.version,
});

export const publishThread = (follow: ThreadFollowDocument): void =>
  publish(userTopic(follow.userId.toHexString()), { type: "thread.updated", thread: presentThread(follow) });

/** Tells the channel of messages that were replied to, and each follower of their own counts. */
export async function tellThread(changes: ThreadChange[]): Promise<void> {
  if (changes.length === 0) return;
  for (const message of await presentMessages(changes.map(({ parent }) => parent)))
    publish(message.channelId, { type: "message.updated", channelId: message.channelId, rev: message.rev, message });
  for (const { follows } of changes) follows.forEach(publishThread);
}

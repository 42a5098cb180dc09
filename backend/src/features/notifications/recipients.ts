import type { NotificationKind } from "@connectbest/contract";
import { Types } from "mongoose";
import type { ChannelDocument } from "../channels/channels.model";
import { MemberModel, type MemberDocument } from "../channels/members.model";
import type { MessageDocument } from "../messages/messages.model";
import { ThreadFollowModel } from "../messages/thread-follows.model";
import { calledByWords, type Listener } from "./keywords";

/** Somebody whom a new message concerns. */
export interface Recipient {
  member: Pick<MemberDocument, "userId" | "lastReadSeq" | "muted" | "level">;
  kind: NotificationKind;
  /** What the notification is about: see the model. */
  key: string;
  /** They have read it already. */
  hasRead: boolean;
}

type Marks = Map<string, number>;

/** How far the followers of a thread have read it. */
async function followersOf(rootId: Types.ObjectId): Promise<Marks> {
  const follows = await ThreadFollowModel.find(
    { messageId: rootId, isFollowing: true },
    { userId: 1, lastReadSeq: 1 },
  ).lean();
  return new Map(follows.map((follow) => [follow.userId.toHexString(), follow.lastReadSeq]));
}

/** Everybody called by a message, by whatever of it: their names, `@channel`, their keywords. */
function calledBy(
  message: MessageDocument,
  followers: Marks | null,
  listeners: Listener[],
): Map<string, NotificationKind> {
  const called = new Map<string, NotificationKind>();
  for (const id of calledByWords(message.content, listeners)) called.set(id.toHexString(), "keyword");
  for (const id of message.mentions ?? []) called.set(id.toHexString(), "mention");
  // In a thread `@channel` means those in it.
  if (message.mentionsChannel && followers) for (const id of followers.keys()) called.set(id, "mention");
  return called;
}

/**
 * Whom a new message concerns, each once and by what concerns them most.
 * @param listeners those of the channel who have keywords
 */
export async function recipientsOf(
  message: MessageDocument,
  channel: ChannelDocument,
  listeners: Listener[],
): Promise<Recipient[]> {
  const { _id, channelId, parentId, userId, seq, mentionsChannel } = message;
  const followers = parentId ? await followersOf(parentId) : null;
  const called = calledBy(message, followers, listeners);
  const isForAll = !parentId && (channel.type === "dm" || mentionsChannel === true);
  const ids = [...new Set([...called.keys(), ...(followers?.keys() ?? [])])].map((id) => new Types.ObjectId(id));
  if (!isForAll && ids.length === 0) return [];
  const members = await MemberModel.find(
    { channelId, ...(!isForAll && { userId: { $in: ids } }) },
    { _id: 0, userId: 1, lastReadSeq: 1, muted: 1, level: 1 },
  ).lean();
  return members.flatMap((member): Recipient[] => {
    if (member.userId.equals(userId)) return [];
    const id = member.userId.toHexString();
    const call = called.get(id) ?? (!parentId && mentionsChannel ? "mention" : undefined);
    const hasRead = (followers ? (followers.get(id) ?? 0) : member.lastReadSeq) >= seq;
    const about = { member, hasRead };
    if (call === "mention") return [{ ...about, kind: "mention", key: `message:${_id.toHexString()}` }];
    if (parentId && followers?.has(id))
      return [{ ...about, kind: "thread_reply", key: `thread:${parentId.toHexString()}` }];
    if (channel.type === "dm" && !parentId) return [{ ...about, kind: "dm", key: `dm:${channelId.toHexString()}` }];
    return call ? [{ ...about, kind: call, key: `message:${_id.toHexString()}` }] : [];
  });
}

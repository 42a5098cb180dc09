import type { Channel, Membership, Message, User } from "@connectbest/contract";
import { withChannelList } from "@/lib/chat/channels";
import { emptyState } from "@/lib/chat/state";
import type { ChatState } from "@/lib/chat/state";

/** Wire objects for tests: a small number becomes an id, and everything else a plausible default. */
export const id = (n: number): string => n.toString(16).padStart(24, "0");
export const meId = id(1);
export const otherId = id(2);
export const channelId = id(100);

const epoch = Date.UTC(2026, 0, 5, 9);
export const at = (minutes: number): string => new Date(epoch + minutes * 60_000).toISOString();

export const aUser = (n: number, more: Partial<User> = {}): User => ({
  id: id(n),
  name: `Person ${n}`,
  username: `person${n}`,
  email: `person${n}@example.com`,
  avatarUrl: null,
  role: "user",
  status: "online",
  statusMessage: null,
  createdAt: at(0),
  ...more,
});

export const aMessage = (seq: number, more: Partial<Message> = {}): Message => {
  const userId = more.userId ?? otherId;
  return {
    id: id(1000 + seq),
    seq,
    rev: seq,
    channelId,
    userId,
    user: { id: userId, name: userId === meId ? "Me" : "Other", avatarUrl: null },
    type: "user",
    content: `message ${seq}`,
    system: null,
    parentMessageId: null,
    replyCount: 0,
    lastReplyAt: null,
    participants: [],
    attachments: [],
    reactions: [],
    mentions: [],
    mentionsChannel: false,
    isPinned: false,
    isEdited: false,
    editedAt: null,
    isDeleted: false,
    forwarded: null,
    previews: [],
    clientMessageId: `key-${seq}`,
    createdAt: at(seq),
    updatedAt: at(seq),
    ...more,
  };
};

export const messages = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, index) => aMessage(from + index));

export const aMembership = (more: Partial<Membership> = {}): Membership => ({
  role: "member",
  lastReadSeq: 0,
  unreadCount: 0,
  mentionCount: 0,
  muted: false,
  level: "all",
  isFavourite: false,
  sectionId: null,
  joinedAt: at(0),
  version: 0,
  ...more,
});

/** A sync's answer beyond the channels. */
export const quietSync = {
  threads: { unreadCount: 0, mentionCount: 0 },
  drafts: [],
  sections: [],
  notifications: { unreadCount: 0 },
};

export const aChannel = (more: Partial<Channel> = {}): Channel => ({
  id: channelId,
  name: "general",
  description: null,
  type: "public",
  createdBy: meId,
  createdAt: at(0),
  archivedAt: null,
  memberCount: 2,
  rev: 0,
  lastMessage: null,
  membership: aMembership(),
  ...more,
});

export const aState = (...channels: Channel[]): ChatState =>
  withChannelList(emptyState({ id: meId, name: "Me", avatarUrl: null }), channels);

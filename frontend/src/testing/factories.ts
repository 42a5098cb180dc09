import type { Channel, Draft, File, Membership, Message, Thread, User } from "@connectbest/contract";
import { withChannelList } from "@/lib/chat/channels";
import { channelSpot } from "@/lib/chat/spot";
import { emptyState } from "@/lib/chat/state";
import type { Spot } from "@/lib/chat/spot";
import type { ChatState, Myself, OutboxEntry } from "@/lib/chat/state";

/** Wire objects for tests: a small number becomes an id, and everything else a plausible default. */
export const id = (n: number): string => n.toString(16).padStart(24, "0");
export const meId = id(1);
export const otherId = id(2);
export const channelId = id(100);
export const spot = channelSpot(channelId);
/** The message that the thread of tests hangs under. */
export const rootId = id(1001);
export const threadSpot: Spot = { channelId, parentMessageId: rootId };
export const me: Myself = { id: meId, name: "Me", username: "me", avatarUrl: null, isAdmin: false };

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

export const aFile = (n: number, more: Partial<File> = {}): File => ({
  id: id(5000 + n),
  name: `file-${n}.txt`,
  size: 100,
  type: "text/plain",
  url: `/api/files/${id(5000 + n)}`,
  thumbnailUrl: null,
  width: null,
  height: null,
  ...more,
});

/** My standing in the thread of tests. */
export const aThread = (more: Partial<Thread> = {}): Thread => ({
  messageId: rootId,
  channelId,
  isFollowing: true,
  lastReadSeq: 0,
  unreadCount: 0,
  mentionCount: 0,
  lastReplyAt: null,
  version: 1,
  ...more,
});

export const aDraft = (content: string, more: Partial<Draft> = {}): Draft => ({
  channelId,
  parentMessageId: null,
  content,
  fileIds: [],
  updatedAt: at(1),
  version: 1,
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

/** What I wrote and the server has not acknowledged. */
export const anEntry = (clientMessageId: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  clientMessageId,
  channelId,
  parentMessageId: null,
  content: clientMessageId,
  attachments: [],
  createdAt: at(1),
  failure: null,
  ...more,
});

export const aState = (...channels: Channel[]): ChatState => withChannelList(emptyState(me), channels);

import type {
  Channel,
  Draft,
  ErrorCode,
  File,
  Message,
  Section,
  ThreadCounts,
  User,
  UserStatus,
} from "@connectbest/contract";
import type { PendingChange } from "./pending-changes";
import type { Spot } from "./spot";
import type { Standing } from "./standing";
import type { ThreadState } from "./threads";

export type ConnectionStatus = "connecting" | "connected" | "reconnecting" | "offline";

/** A message as far as a channel's last message goes. */
export interface RecentMessage {
  readonly seq: number;
  readonly rev: number;
  /** `null` once deleted. */
  readonly last: Channel["lastMessage"];
}

/** One of my channels, and how much of it is known. */
export interface ChannelState {
  /** As the server last described it; `membership` is kept in `standing`. */
  readonly channel: Channel;
  /** The revision as of which that was said, and what stood last in it then. */
  readonly factsRev: number;
  readonly factsLast: Channel["lastMessage"];
  /** The latest that was heard of messages that stand in it, by any of which the last may be another than was said. */
  readonly recent: readonly RecentMessage[];
  readonly standing: Standing;
  /** Every change up to this revision has been taken in. */
  readonly level: number;
  /** Revisions taken in beyond a gap, rising. */
  readonly ahead: readonly number[];
  /** The newest revision heard of; above `level` there is a gap that a sync must fill. */
  readonly head: number;
}

export type PageDirection = "newest" | "around" | "before" | "after";

/** The loaded stretch of a channel's messages, or of a thread's. */
export interface Room {
  readonly spot: Spot;
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly hasMoreBefore: boolean;
  readonly hasMoreAfter: boolean;
  /** A page has arrived at least once. */
  readonly isLoaded: boolean;
  readonly loading: PageDirection | null;
  /** What was heard while a page is on its way: newer than the page, perhaps not in it. */
  readonly incoming: readonly Message[];
  /** Too much has changed to list: the newest page must be loaded afresh. */
  readonly isStale: boolean;
  /** Why the last page did not arrive. */
  readonly error: string | null;
  /** The "New" divider stands above the first message of another person after this `seq`. */
  readonly newSince: number | null;
}

/** A message of mine that the server has not acknowledged. */
export interface OutboxEntry {
  readonly clientMessageId: string;
  readonly channelId: string;
  readonly parentMessageId: string | null;
  readonly content: string;
  readonly attachments: readonly File[];
  readonly createdAt: string;
  /** Why it will not be sent without being asked again; `null` while sending. */
  readonly failure: { readonly code: ErrorCode | "network"; readonly sentence: string } | null;
}

/** A file on its way to a message that is being written. */
export interface Upload {
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Of pictures, an address in this page. */
  readonly previewUrl: string | null;
  /** 0 to 1. */
  readonly progress: number;
  /** Why it did not arrive, in a sentence. */
  readonly failure: string | null;
  /** As the server has it, once it has. */
  readonly sent: File | null;
}

export interface Typist {
  readonly userName: string;
  /** Milliseconds since 1970: silent from then on. */
  readonly until: number;
}

export interface Myself {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly avatarUrl: string | null;
  readonly isAdmin: boolean;
}

export interface ChatState {
  readonly me: Myself;
  /** By id; `null` before the first list arrives. */
  readonly channels: Readonly<Record<string, ChannelState>> | null;
  /** Of channels and threads, by the key of their spot. */
  readonly rooms: Readonly<Record<string, Room>>;
  /** By the message that they hang under. */
  readonly threads: Readonly<Record<string, ThreadState>>;
  /** The threads that I follow, in two numbers. */
  readonly threadCounts: ThreadCounts;
  /** Of notifications that I have not seen. */
  readonly unseenNotifications: number;
  readonly outbox: readonly OutboxEntry[];
  readonly pendingChanges: readonly PendingChange[];
  /** By the key of their spot, empty ones too. */
  readonly drafts: Readonly<Record<string, Draft>>;
  /** By the key of their spot. */
  readonly uploads: Readonly<Record<string, readonly Upload[]>>;
  readonly sections: readonly Section[];
  /** The messages that I saved, as far as is known. */
  readonly saved: Readonly<Record<string, boolean>>;
  /** By the key of their spot, then by user. */
  readonly typing: Readonly<Record<string, Readonly<Record<string, Typist>>>>;
  /** People that something shown names, by id; who is in my direct messages stands there. */
  readonly people: Readonly<Record<string, User>>;
  readonly presence: Readonly<Record<string, UserStatus>>;
  /** The words beside their names, of those heard of since the connection stands. */
  readonly statusMessages: Readonly<Record<string, string | null>>;
  readonly connection: ConnectionStatus;
}

export const emptyRoom = (spot: Spot): Room => ({
  spot,
  messages: [],
  hasMoreBefore: true,
  hasMoreAfter: false,
  isLoaded: false,
  loading: null,
  incoming: [],
  isStale: false,
  error: null,
  newSince: null,
});

export const emptyState = (me: ChatState["me"]): ChatState => ({
  me,
  channels: null,
  rooms: {},
  threads: {},
  threadCounts: { unreadCount: 0, mentionCount: 0 },
  unseenNotifications: 0,
  outbox: [],
  pendingChanges: [],
  drafts: {},
  uploads: {},
  sections: [],
  saved: {},
  typing: {},
  people: {},
  presence: {},
  statusMessages: {},
  connection: "connecting",
});

import type { Channel, ErrorCode, Message, UserStatus } from "@connectbest/contract";
import type { Standing } from "./standing";

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

/** The loaded stretch of a channel's messages. */
export interface Room {
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
  readonly content: string;
  readonly createdAt: string;
  /** Why it will not be sent without being asked again; `null` while sending. */
  readonly failure: { readonly code: ErrorCode | "network"; readonly sentence: string } | null;
}

export interface Typist {
  readonly userName: string;
  /** Milliseconds since 1970: silent from then on. */
  readonly until: number;
}

export interface ChatState {
  readonly me: { readonly id: string; readonly name: string; readonly avatarUrl: string | null };
  /** By id; `null` before the first list arrives. */
  readonly channels: Readonly<Record<string, ChannelState>> | null;
  readonly rooms: Readonly<Record<string, Room>>;
  readonly outbox: readonly OutboxEntry[];
  /** By channel, then by user. */
  readonly typing: Readonly<Record<string, Readonly<Record<string, Typist>>>>;
  readonly presence: Readonly<Record<string, UserStatus>>;
  readonly connection: ConnectionStatus;
}

export const emptyRoom: Room = {
  messages: [],
  hasMoreBefore: true,
  hasMoreAfter: false,
  isLoaded: false,
  loading: null,
  incoming: [],
  isStale: false,
  error: null,
  newSince: null,
};

export const emptyState = (me: ChatState["me"]): ChatState => ({
  me,
  channels: null,
  rooms: {},
  outbox: [],
  typing: {},
  presence: {},
  connection: "connecting",
});

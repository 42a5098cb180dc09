import * as z from "zod";
import { Channel, ChannelRole, Membership, Section } from "./entities/channel";
import { Draft, Message, Reminder, ScheduledMessage, Thread, withMessageFields } from "./entities/message";
import { Notification } from "./entities/notification";
import { Presence, User } from "./entities/user";
import { ErrorCode } from "./errors";
import { Id, Revision, Timestamp } from "./primitives";

/** How long `typing` holds unless it is said again, in milliseconds. */
export const typingLifetime = 6000;

const messageEvent = <const T extends string>(type: T) =>
  z.object({
    type: z.literal(type),
    channelId: Id,
    rev: Revision,
    message: Message,
    /** The channel as of `rev`, where more of it has changed than this message: its members, its name, what was said last. */
    channel: Channel.optional(),
  });

/**
 * Everything the server says over the socket. State after events equals a fresh load; clients ignore types they do not know.
 * `message.created` and its later kin carry the channel's `rev`: seeing it jump by more than one, a client calls `POST /sync`.
 */
export const Event = z
  .discriminatedUnion("type", [
    /** Answers the client's `hello`: the socket works both ways. (API Gateway refuses posts during `$connect`.) */
    z.object({ type: z.literal("connected"), connectionId: z.string(), userId: Id, serverTime: Timestamp }),
    z.object({ type: z.literal("pong"), at: Timestamp }),
    z.object({ type: z.literal("ack"), clientMessageId: z.string(), message: Message }),
    z.object({
      type: z.literal("error"),
      code: ErrorCode,
      error: z.string(),
      clientMessageId: z.string().optional(),
    }),
    messageEvent("message.created"),
    /** Edited, reacted to, pinned, replied to, previewed. */
    messageEvent("message.updated"),
    /** What is left of it keeps its place. */
    messageEvent("message.deleted"),
    z.object({
      type: z.literal("typing"),
      channelId: Id,
      userId: Id,
      userName: z.string(),
      isTyping: z.boolean(),
      /** Of the thread that they type in. */
      parentMessageId: Id.optional(),
    }),
    Presence.extend({ type: z.literal("presence") }),
    /** Somebody's name, picture or role has changed. */
    z.object({ type: z.literal("user.updated"), user: User }),
    z.object({ type: z.literal("channel.updated"), channel: Channel }),
    z.object({ type: z.literal("channel.removed"), channelId: Id }),
    z.object({ type: z.literal("member.joined"), channelId: Id, user: User, memberCount: z.int() }),
    z.object({ type: z.literal("member.left"), channelId: Id, user: User, memberCount: z.int() }),
    z.object({ type: z.literal("member.updated"), channelId: Id, userId: Id, role: ChannelRole }),
    // The following go to the person's own devices only.
    /** I have read, muted, favoured ...: the counts are right at revision `rev` of the channel. */
    z.object({ type: z.literal("membership.updated"), channelId: Id, rev: Revision, membership: Membership }),
    z.object({ type: z.literal("thread.updated"), thread: Thread }),
    z.object({ type: z.literal("sections.updated"), sections: z.array(Section) }),
    z.object({ type: z.literal("draft.updated"), draft: Draft }),
    z.object({ type: z.literal("bookmark.updated"), messageId: Id, isBookmarked: z.boolean() }),
    z.object({ type: z.literal("scheduled.updated"), scheduledMessage: ScheduledMessage }),
    /** Sent or cancelled. */
    z.object({ type: z.literal("scheduled.removed"), id: Id }),
    z.object({ type: z.literal("reminder.updated"), reminder: Reminder }),
    z.object({ type: z.literal("reminder.removed"), id: Id }),
    /** New, or grown. `isLoud`: it may make a sound. */
    z.object({
      type: z.literal("notification"),
      notification: Notification,
      unreadCount: z.int(),
      isLoud: z.boolean(),
    }),
    /** Seen, on whatever device: these, or (without ids) whatever is older than a moment. */
    z.object({
      type: z.literal("notifications.read"),
      ids: z.array(Id).nullable(),
      upTo: Timestamp.nullable(),
      unreadCount: z.int(),
    }),
    /** The session ended; the socket is closed after this. */
    z.object({ type: z.literal("session.revoked") }),
  ])
  .meta({ id: "Event" });
export type Event = z.infer<typeof Event>;
export type EventType = Event["type"];

export const ServerFrame = z.object({ events: z.array(Event) }).meta({ id: "ServerFrame" });
export type ServerFrame = z.infer<typeof ServerFrame>;

/** Everything a client may say over the socket, by `action`. */
export const ClientFrame = z
  .discriminatedUnion("action", [
    z.object({ action: z.literal("hello") }),
    withMessageFields({ action: z.literal("sendMessage"), channelId: Id }),
    z.object({
      action: z.literal("typing"),
      channelId: Id,
      isTyping: z.boolean(),
      parentMessageId: Id.optional(),
    }),
    z.object({ action: z.literal("presence"), status: z.enum(["online", "away"]) }),
    z.object({ action: z.literal("ping") }),
  ])
  .meta({ id: "ClientFrame" });
export type ClientFrame = z.infer<typeof ClientFrame>;

/** The topic that reaches every connection of one user; a channel's topic is its id. */
export const userTopic = (userId: string): string => `user:${userId}`;

/** The topic that reaches every connection of the workspace. */
export const workspaceTopic = "workspace";

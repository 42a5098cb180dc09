import * as z from "zod";
import { Channel } from "./entities/channel";
import { ClientMessageId, Message, MessageContent } from "./entities/message";
import { User } from "./entities/user";
import { ErrorCode } from "./errors";
import { Id, Revision, Timestamp } from "./primitives";

/** What a person's client reports of itself. */
export const PresenceStatus = z.enum(["online", "away", "offline"]);
export type PresenceStatus = z.infer<typeof PresenceStatus>;

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
    z.object({ type: z.literal("message.created"), channelId: Id, rev: Revision, message: Message }),
    z.object({
      type: z.literal("typing"),
      channelId: Id,
      userId: Id,
      userName: z.string(),
      isTyping: z.boolean(),
    }),
    z.object({ type: z.literal("presence"), userId: Id, status: PresenceStatus }),
    z.object({ type: z.literal("channel.updated"), channel: Channel }),
    z.object({ type: z.literal("channel.removed"), channelId: Id }),
    z.object({ type: z.literal("member.joined"), channelId: Id, user: User, memberCount: z.int() }),
    z.object({ type: z.literal("member.left"), channelId: Id, user: User, memberCount: z.int() }),
    /** To the reader's own devices only. */
    z.object({ type: z.literal("read"), channelId: Id, lastReadSeq: Revision, unreadCount: z.int().min(0) }),
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
    z.object({
      action: z.literal("sendMessage"),
      channelId: Id,
      content: MessageContent,
      clientMessageId: ClientMessageId,
    }),
    z.object({ action: z.literal("typing"), channelId: Id, isTyping: z.boolean() }),
    z.object({ action: z.literal("presence"), status: z.enum(["online", "away"]) }),
    z.object({ action: z.literal("ping") }),
  ])
  .meta({ id: "ClientFrame" });
export type ClientFrame = z.infer<typeof ClientFrame>;

/** The topic that reaches every connection of one user; a channel's topic is its id. */
export const userTopic = (userId: string): string => `user:${userId}`;

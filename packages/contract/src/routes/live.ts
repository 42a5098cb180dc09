import * as z from "zod";
import { Channel, Membership, Section } from "../entities/channel";
import { Draft, Message, ThreadCounts, withMessageFields } from "../entities/message";
import { Id, Revision } from "../primitives";
import { defineRoute } from "../route";

export const createTicket = defineRoute({
  method: "post",
  path: "/realtime/ticket",
  access: "user",
  // Listening is reading; a message that is sent over the socket asks for `write` itself.
  scope: "read",
  tag: "Live",
  summary: "A single-use ticket for opening the WebSocket; append it as ?ticket= to the url within 60 seconds",
  response: z.object({ url: z.string(), ticket: z.string(), expiresIn: z.literal(60) }),
  status: 200,
});

export const ChannelSync = z
  .object({
    id: Id,
    rev: Revision,
    membership: Membership,
    /** The channel as it is now, where anything in it has changed; `null` where nothing has. */
    channel: Channel.nullable(),
    /** What changed since the revision given, in order of `rev`, as it is now. */
    messages: z.array(Message),
    /** Too much changed to list: load the channel's newest page afresh. `messages` is then empty. */
    limited: z.boolean(),
  })
  .meta({ id: "ChannelSync" });
export type ChannelSync = z.infer<typeof ChannelSync>;

export const sync = defineRoute({
  method: "post",
  path: "/sync",
  access: "user",
  scope: "read",
  tag: "Live",
  summary: "What changed since the revisions I hold: the truth behind the socket's events",
  body: z.object({
    channels: z
      .record(Id, Revision)
      .refine((channels) => Object.keys(channels).length <= 1000, "Sync at most 1,000 channels at once."),
  }),
  response: z.object({
    channels: z.array(ChannelSync),
    /** Given, but no longer mine. */
    removed: z.array(Id),
    /** Mine, but not given. */
    added: z.array(Channel),
    threads: ThreadCounts,
    notifications: z.object({ unreadCount: z.int().min(0) }),
    drafts: z.array(Draft),
    sections: z.array(Section),
  }),
  status: 200,
});

/** `$connect`: verifies and burns the ticket, and answers what the connection listens to. */
export const acceptConnection = defineRoute({
  method: "post",
  path: "/internal/realtime/connections",
  access: "service",
  tag: "Internal",
  summary: "Burn a ticket",
  body: z.object({ ticket: z.string().max(2000) }),
  response: z.object({ userId: Id, userName: z.string(), sessionId: Id, channelIds: z.array(Id) }),
  status: 201,
});

/** `hello`: which channels an open connection should hear by now. */
export const listSubscriptions = defineRoute({
  method: "post",
  path: "/internal/realtime/subscriptions",
  access: "service",
  tag: "Internal",
  summary: "The channels of a live session",
  body: z.object({ userId: Id, sessionId: Id }),
  response: z.object({ channelIds: z.array(Id) }),
  status: 200,
});

/** The message Lambda persists through this: the acting user is the one the connection was opened by. */
export const acceptMessage = defineRoute({
  method: "post",
  path: "/internal/realtime/messages",
  access: "service",
  tag: "Internal",
  summary: "Persist a message that came over the socket",
  body: withMessageFields({ userId: Id, sessionId: Id, channelId: Id }),
  /** `created` is false on a repeat: acknowledge it, deliver nothing. */
  response: z.object({ message: Message, created: z.boolean() }),
  status: 200,
  errors: ["not_found", "conflict"],
});

/** A connection came, went, fell idle or woke: the API works out what others see of it, and tells them. */
export const refreshPresence = defineRoute({
  method: "post",
  path: "/internal/realtime/presence",
  access: "service",
  tag: "Internal",
  summary: "Tell of somebody's presence if it has changed",
  body: z.object({ userId: Id }),
  response: null,
  status: 204,
});

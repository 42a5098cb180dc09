import * as z from "zod";
import { Id, Revision, Timestamp } from "../primitives";
import { User } from "./user";

export const ChannelType = z.enum(["public", "private", "dm"]).meta({ id: "ChannelType" });
export type ChannelType = z.infer<typeof ChannelType>;

export const ChannelRole = z.enum(["admin", "member"]).meta({ id: "ChannelRole" });
export type ChannelRole = z.infer<typeof ChannelRole>;

/** Of what a channel tells me loudly: everything, what calls me, or nothing. */
export const NotificationLevel = z.enum(["all", "mentions", "nothing"]).meta({ id: "NotificationLevel" });
export type NotificationLevel = z.infer<typeof NotificationLevel>;

/** My own standing in a channel: role, how far I have read, how I keep it. */
export const Membership = z
  .object({
    role: ChannelRole,
    /** `seq` of the last message I have read; 0 before the first. */
    lastReadSeq: Revision,
    /** Messages of others after `lastReadSeq`, but for replies in threads, system messages and deleted ones. */
    unreadCount: z.int().min(0),
    /** Those of them that call me, by my name, `@channel` or `@here`; in a direct message all of them. */
    mentionCount: z.int().min(0),
    muted: z.boolean(),
    level: NotificationLevel,
    isFavourite: z.boolean(),
    /** The section of my sidebar that it stands in. */
    sectionId: Id.nullable(),
    joinedAt: Timestamp,
    /** Raised by every change of mine: of two with the same `joinedAt`, the one with the lower version is out of date. */
    version: z.int().min(0),
  })
  .meta({ id: "Membership" });
export type Membership = z.infer<typeof Membership>;

export const LastMessage = z
  .object({
    id: Id,
    userId: Id,
    userName: z.string(),
    /** The first 140 characters of the content, on one line. */
    excerpt: z.string(),
    createdAt: Timestamp,
  })
  .meta({ id: "LastMessage" });
export type LastMessage = z.infer<typeof LastMessage>;

export const Channel = z
  .object({
    id: Id,
    /** `null` for a direct message: clients name it by its participants. */
    name: z.string().nullable(),
    description: z.string().nullable(),
    type: ChannelType,
    createdBy: Id,
    createdAt: Timestamp,
    /** Since when nothing more can be said in it. */
    archivedAt: Timestamp.nullable(),
    memberCount: z.int().min(0),
    /** Raised by every durable change of the channel's messages, inside the transaction that makes it. */
    rev: Revision,
    lastMessage: LastMessage.nullable(),
    /** `null` where I am not a member, and in events that go to many. */
    membership: Membership.nullable(),
    /** Direct messages only: everybody in it, me included. */
    participants: z.array(User).optional(),
  })
  .meta({ id: "Channel" });
export type Channel = z.infer<typeof Channel>;

/** A group of channels in my sidebar. */
export const Section = z.object({ id: Id, name: z.string() }).meta({ id: "Section" });
export type Section = z.infer<typeof Section>;

/** A member of a channel, in member lists. */
export const ChannelMember = z
  .object({ user: User, role: ChannelRole, joinedAt: Timestamp })
  .meta({ id: "ChannelMember" });
export type ChannelMember = z.infer<typeof ChannelMember>;

/** `#name`: lower-case Latin letters, digits and hyphens, 2 to 50 characters, starting with a letter. */
export const ChannelName = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{1,49}$/, "Use 2 to 50 lower-case letters, digits and hyphens, starting with a letter.");

export const ChannelDescription = z.string().trim().max(500, "Must be at most 500 characters.");

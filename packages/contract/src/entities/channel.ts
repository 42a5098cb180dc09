import * as z from "zod";
import { Id, Revision, Timestamp } from "../primitives";
import { User } from "./user";

export const ChannelType = z.enum(["public", "private", "dm"]).meta({ id: "ChannelType" });
export type ChannelType = z.infer<typeof ChannelType>;

export const ChannelRole = z.enum(["admin", "member"]).meta({ id: "ChannelRole" });
export type ChannelRole = z.infer<typeof ChannelRole>;

/** My own standing in a channel: role and how far I have read. */
export const Membership = z
  .object({
    role: ChannelRole,
    /** `seq` of the last message I have read; 0 before the first. */
    lastReadSeq: Revision,
    /** Messages of others after `lastReadSeq`. */
    unreadCount: z.int().min(0),
    joinedAt: Timestamp,
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

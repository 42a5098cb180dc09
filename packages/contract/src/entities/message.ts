import * as z from "zod";
import { Id, Revision, Timestamp } from "../primitives";
import { MessageAuthor } from "./user";

/** 1 to 5,000 characters (UTF-16 units), not only white space; kept exactly as sent (but for halves of surrogate pairs). */
export const MessageContent = z
  .string()
  .max(5000, "Must be at most 5,000 characters.")
  .refine((text) => text.trim().length > 0, "Write something first: the message is empty.")
  // Half an emoji cannot be stored as it is: what is compared later must be what is stored now.
  .transform((text) => text.toWellFormed());

/** Chosen by the sender, unique per sender forever: makes a send repeatable over any transport. */
export const ClientMessageId = z.uuid("Must be a UUID.").transform((id) => id.toLowerCase());

export const Message = z
  .object({
    id: Id,
    /** The channel revision that created it: its place in the order. */
    seq: Revision,
    /** The channel revision of its last change: upsert by `id` when this is newer. */
    rev: Revision,
    channelId: Id,
    userId: Id,
    user: MessageAuthor,
    content: z.string(),
    clientMessageId: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof Message>;

/** The body of a send, over REST and inside the socket frame alike. */
export const SendMessage = z
  .object({ content: MessageContent, clientMessageId: ClientMessageId.optional() })
  .meta({ id: "SendMessage" });
export type SendMessage = z.infer<typeof SendMessage>;

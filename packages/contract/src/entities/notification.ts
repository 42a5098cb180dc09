import * as z from "zod";
import { Id, Timestamp } from "../primitives";
import { MessageAuthor } from "./user";

export const NotificationKind = z
  .enum(["mention", "keyword", "dm", "thread_reply", "reaction", "reminder"])
  .meta({ id: "NotificationKind" });
export type NotificationKind = z.infer<typeof NotificationKind>;

/** Something that concerns me: one a thing, however many devices I have and however often it happens while I am away. */
export const Notification = z
  .object({
    id: Id,
    kind: NotificationKind,
    channelId: Id,
    /** `null` for a direct message. */
    channelName: z.string().nullable(),
    /** The message that it is about: of several the latest. */
    messageId: Id,
    /** Of replies: the message that the thread hangs under. */
    parentMessageId: Id.nullable(),
    /** Who did it: of several the latest. Nobody, for a reminder. */
    actor: MessageAuthor.nullable(),
    /** The beginning of the message, on one line. */
    excerpt: z.string(),
    /** The reaction, or my note of a reminder. */
    detail: z.string().nullable(),
    /** How many messages or reactions it stands for. */
    count: z.int().min(1),
    isRead: z.boolean(),
    at: Timestamp,
  })
  .meta({ id: "Notification" });
export type Notification = z.infer<typeof Notification>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Must be a time of day, like 22:00.");

export const NotificationSettings = z
  .object({
    /** Every day, in my time zone; `from` may lie after `to`: through the night. */
    doNotDisturb: z.object({ isOn: z.boolean(), from: TimeOfDay, to: TimeOfDay }),
    /** Silence until then, whatever the hour. */
    pausedUntil: Timestamp.nullable(),
    /** Words that call me like my name does, wherever I read. */
    keywords: z
      .array(z.string().trim().min(2, "Must be at least 2 characters.").max(50, "Must be at most 50 characters."))
      .max(50, "Have at most 50 keywords."),
    /** One mail for all that stays unread for so long. */
    mail: z.object({ isOn: z.boolean(), afterMinutes: z.int().min(5).max(1440) }),
  })
  .meta({ id: "NotificationSettings" });
export type NotificationSettings = z.infer<typeof NotificationSettings>;

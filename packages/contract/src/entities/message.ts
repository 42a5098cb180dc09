import * as z from "zod";
import { Id, Revision, Timestamp } from "../primitives";
import { File, filesPerMessage } from "./file";
import { MessageAuthor } from "./user";

/** The longest message, in UTF-16 units. Longer text is sent as a file. */
export const contentLimit = 5000;

const wellFormed = (text: string): string => text.toWellFormed();
const tooLong = `Must be at most ${contentLimit.toLocaleString("en")} characters: send longer text as a file.`;

/** What a message says: up to 5,000 characters, kept exactly as sent (but for halves of surrogate pairs). */
export const MessageText = z
  .string()
  .max(contentLimit, tooLong)
  // Half an emoji cannot be stored as it is: what is compared later must be what is stored now.
  .transform(wellFormed);

/** The same where there must be something to read: 1 to 5,000 characters, not only white space. */
export const MessageContent = z
  .string()
  .max(contentLimit, tooLong)
  .refine((text) => text.trim().length > 0, "Write something first: the message is empty.")
  .transform(wellFormed);

/** Chosen by the sender, unique per sender forever: makes a send repeatable over any transport. */
export const ClientMessageId = z.uuid("Must be a UUID.").transform((id) => id.toLowerCase());

/** Exactly one emoji: one grapheme as people see it, whatever it is composed of. */
const rgiEmoji = new RegExp("^\\p{RGI_Emoji}$", "v");
export const Emoji = z
  .string()
  .max(64)
  .refine((text) => rgiEmoji.test(text), "Must be one emoji.")
  .meta({ id: "Emoji" });

/** How many different emoji a message takes. */
export const reactionKinds = 50;

export const Reaction = z
  .object({ emoji: z.string(), count: z.int().min(1), userIds: z.array(Id) })
  .meta({ id: "Reaction" });
export type Reaction = z.infer<typeof Reaction>;

export const SystemNoteKind = z
  .enum(["joined", "added", "left", "removed", "renamed", "described", "archived", "restored", "pinned"])
  .meta({ id: "SystemNoteKind" });
export type SystemNoteKind = z.infer<typeof SystemNoteKind>;

/** What happened to the channel, for clients that say it in their own words; `content` says it in English. */
export const SystemNote = z
  .object({
    kind: SystemNoteKind,
    /** Whom it happened to, where that is not the message's author. */
    userId: Id.nullable(),
    userName: z.string().nullable(),
    /** Of a new name or description: what it was and what it is. */
    before: z.string().nullable(),
    after: z.string().nullable(),
  })
  .meta({ id: "SystemNote" });
export type SystemNote = z.infer<typeof SystemNote>;

/** Where a forwarded message comes from, as it was then. */
export const Forwarded = z
  .object({ messageId: Id, channelId: Id, userId: Id, userName: z.string(), content: z.string(), createdAt: Timestamp })
  .meta({ id: "Forwarded" });
export type Forwarded = z.infer<typeof Forwarded>;

/** What a linked page says of itself. */
export const LinkPreview = z
  .object({
    url: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    siteName: z.string().nullable(),
  })
  .meta({ id: "LinkPreview" });
export type LinkPreview = z.infer<typeof LinkPreview>;

export const MessageType = z.enum(["user", "system"]).meta({ id: "MessageType" });
export type MessageType = z.infer<typeof MessageType>;

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
    type: MessageType,
    /** Empty once deleted. */
    content: z.string(),
    /** Of system messages: what happened. */
    system: SystemNote.nullable(),
    /** The message whose thread this one replies in: it does not stand in the channel itself. */
    parentMessageId: Id.nullable(),
    replyCount: z.int().min(0),
    lastReplyAt: Timestamp.nullable(),
    /** The latest five who replied, latest first. */
    participants: z.array(MessageAuthor),
    attachments: z.array(File),
    reactions: z.array(Reaction),
    /** Whom it called by name (or by `@here`) when it was sent; an edit calls nobody. */
    mentions: z.array(Id),
    /** It called everybody: `@channel`. */
    mentionsChannel: z.boolean(),
    isPinned: z.boolean(),
    isEdited: z.boolean(),
    editedAt: Timestamp.nullable(),
    isDeleted: z.boolean(),
    forwarded: Forwarded.nullable(),
    previews: z.array(LinkPreview),
    clientMessageId: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof Message>;

/** What a message consisted of before an edit. */
export const MessageVersion = z.object({ content: z.string(), writtenAt: Timestamp }).meta({ id: "MessageVersion" });
export type MessageVersion = z.infer<typeof MessageVersion>;

const isSomething = ({ content, fileIds }: { content: string; fileIds?: string[] | undefined }): boolean =>
  content.trim().length > 0 || (fileIds?.length ?? 0) > 0;
const nothing = { error: "Write something first: the message is empty.", path: ["content"] };

const FileIds = z.array(Id).max(filesPerMessage, `Send at most ${filesPerMessage} files with one message.`);

const sent = {
  /** May be empty where files say it all. */
  content: MessageText,
  clientMessageId: ClientMessageId.optional(),
  fileIds: FileIds.optional(),
};

/** A reply: the thread is in the address. */
export const SendReply = z.object(sent).refine(isSomething, nothing).meta({ id: "SendReply" });
export type SendReply = z.infer<typeof SendReply>;

/** The body of a send, over REST and inside the socket frame alike. */
export const SendMessage = z
  .object({ ...sent, parentMessageId: Id.optional() })
  .refine(isSomething, nothing)
  .meta({ id: "SendMessage" });
export type SendMessage = z.infer<typeof SendMessage>;

/** The same inside a frame or an internal call, with more around it. */
export const withMessageFields = <S extends z.ZodRawShape>(shape: S) =>
  z
    .object({ ...shape, ...sent, clientMessageId: ClientMessageId, parentMessageId: Id.optional() })
    .refine((fields) => isSomething(fields as { content: string; fileIds?: string[] }), nothing);

/** My standing in one thread. */
export const Thread = z
  .object({
    /** Of the message that it hangs under. */
    messageId: Id,
    channelId: Id,
    isFollowing: z.boolean(),
    lastReadSeq: Revision,
    /** Replies of others after `lastReadSeq` since I follow it, but for deleted ones. */
    unreadCount: z.int().min(0),
    /** Those of them that call me. */
    mentionCount: z.int().min(0),
    lastReplyAt: Timestamp.nullable(),
    /** Raised by every change: of two, the one with the lower version is out of date. */
    version: z.int().min(0),
  })
  .meta({ id: "Thread" });
export type Thread = z.infer<typeof Thread>;

/** The threads that I follow, in two numbers. */
export const ThreadCounts = z
  .object({ unreadCount: z.int().min(0), mentionCount: z.int().min(0) })
  .meta({ id: "ThreadCounts" });
export type ThreadCounts = z.infer<typeof ThreadCounts>;

/** What I have begun to write. An empty one is gone. */
export const Draft = z
  .object({
    channelId: Id,
    parentMessageId: Id.nullable(),
    content: z.string(),
    fileIds: z.array(Id),
    updatedAt: Timestamp,
    version: z.int().min(0),
  })
  .meta({ id: "Draft" });
export type Draft = z.infer<typeof Draft>;

/** A message of mine that leaves later. */
export const ScheduledMessage = z
  .object({
    id: Id,
    channelId: Id,
    parentMessageId: Id.nullable(),
    content: z.string(),
    attachments: z.array(File),
    sendAt: Timestamp,
    status: z.enum(["waiting", "failed"]),
    /** Why it did not leave, in a sentence. */
    failure: z.string().nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: "ScheduledMessage" });
export type ScheduledMessage = z.infer<typeof ScheduledMessage>;

/** The furthest that a message may be scheduled ahead, in days. */
export const scheduleDays = 120;

/** "Remind me of this message." */
export const Reminder = z
  .object({ id: Id, message: Message, remindAt: Timestamp, note: z.string().nullable(), createdAt: Timestamp })
  .meta({ id: "Reminder" });
export type Reminder = z.infer<typeof Reminder>;

/** The page of the web client that shows a message in its place. */
export const permalinkPath = ({ channelId, id }: { channelId: string; id: string }): string =>
  `/chat/${channelId}?message=${id}`;

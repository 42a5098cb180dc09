import * as z from "zod";
import { filesPerMessage } from "../entities/file";
import {
  contentLimit,
  Draft,
  MessageText,
  Message,
  Reminder,
  ScheduledMessage,
  scheduleDays,
} from "../entities/message";
import { CursorQuery, Id, Timestamp } from "../primitives";
import { defineRoute } from "../route";

const params = z.object({ id: Id });
const inChannel = z.object({ channelId: Id });
const thread = z.object({ parentMessageId: Id.optional() });
const FileIds = z.array(Id).max(filesPerMessage, `Send at most ${filesPerMessage} files with one message.`);

export const listDrafts = defineRoute({
  method: "get",
  path: "/drafts",
  access: "user",
  tag: "Drafts",
  summary: "Everything I have begun to write, latest first",
  response: z.object({ drafts: z.array(Draft) }),
  status: 200,
});

export const getDraft = defineRoute({
  method: "get",
  path: "/drafts/:channelId",
  access: "user",
  tag: "Drafts",
  summary: "What I have begun to write in a channel or thread; empty when nothing",
  params: inChannel,
  query: thread,
  response: z.object({ draft: Draft }),
  status: 200,
  errors: ["not_found"],
});

export const saveDraft = defineRoute({
  method: "put",
  path: "/drafts/:channelId",
  access: "user",
  tag: "Drafts",
  summary: "Keep what I have begun to write, for all my devices: the latest stands",
  params: inChannel,
  body: z.object({
    /** Longer than a message may be: nothing that somebody wrote is cut off. */
    content: z
      .string()
      .max(10 * contentLimit, `Must be at most ${(10 * contentLimit).toLocaleString("en")} characters.`)
      .transform((text) => text.toWellFormed()),
    parentMessageId: Id.optional(),
    fileIds: FileIds.default([]),
  }),
  response: z.object({ draft: Draft }),
  status: 200,
  errors: ["not_found"],
});

export const removeDraft = defineRoute({
  method: "delete",
  path: "/drafts/:channelId",
  access: "user",
  tag: "Drafts",
  summary: "Drop what I have begun to write",
  params: inChannel,
  query: thread,
  response: null,
  status: 204,
  errors: ["not_found"],
});

/** Within the next 120 days. */
const SendAt = Timestamp.meta({ description: `From now to ${scheduleDays} days ahead.` });

export const listScheduledMessages = defineRoute({
  method: "get",
  path: "/scheduled-messages",
  access: "user",
  tag: "Scheduled messages",
  summary: "My messages that wait for their time, and those that could not leave, soonest first",
  query: CursorQuery,
  response: z.object({ scheduledMessages: z.array(ScheduledMessage), nextCursor: z.string().nullable() }),
  status: 200,
});

export const scheduleMessage = defineRoute({
  method: "post",
  path: "/scheduled-messages",
  access: "user",
  tag: "Scheduled messages",
  summary: "Send a message later, exactly once",
  body: z
    .object({
      channelId: Id,
      parentMessageId: Id.optional(),
      content: MessageText,
      fileIds: FileIds.default([]),
      sendAt: SendAt,
    })
    .refine(({ content, fileIds }) => content.trim().length > 0 || fileIds.length > 0, {
      error: "Write something first: the message is empty.",
      path: ["content"],
    }),
  response: z.object({ scheduledMessage: ScheduledMessage }),
  status: 201,
  errors: ["not_found", "forbidden", "conflict"],
});

export const changeScheduledMessage = defineRoute({
  method: "put",
  path: "/scheduled-messages/:id",
  access: "user",
  tag: "Scheduled messages",
  summary: "Change what is sent later, or when; a failed one waits again",
  params,
  body: z.object({ content: MessageText.optional(), sendAt: SendAt.optional() }),
  response: z.object({ scheduledMessage: ScheduledMessage }),
  status: 200,
  errors: ["not_found", "conflict"],
});

export const cancelScheduledMessage = defineRoute({
  method: "delete",
  path: "/scheduled-messages/:id",
  access: "user",
  tag: "Scheduled messages",
  summary: "Do not send it after all",
  params,
  response: null,
  status: 204,
  errors: ["not_found", "conflict"],
});

export const sendScheduledMessage = defineRoute({
  method: "post",
  path: "/scheduled-messages/:id/send",
  access: "user",
  tag: "Scheduled messages",
  summary: "Send it now",
  params,
  response: z.object({ message: Message }),
  status: 200,
  errors: ["not_found", "forbidden", "conflict"],
});

export const listReminders = defineRoute({
  method: "get",
  path: "/reminders",
  access: "user",
  tag: "Reminders",
  summary: "What I want to be reminded of, soonest first",
  query: CursorQuery,
  response: z.object({ reminders: z.array(Reminder), nextCursor: z.string().nullable() }),
  status: 200,
});

export const createReminder = defineRoute({
  method: "post",
  path: "/reminders",
  access: "user",
  tag: "Reminders",
  summary: "Remind me of a message: a notification at that time. Asking again moves the time",
  body: z.object({
    messageId: Id,
    remindAt: SendAt,
    note: z.string().trim().max(200, "Must be at most 200 characters.").nullish(),
  }),
  response: z.object({ reminder: Reminder }),
  status: 201,
  errors: ["not_found"],
});

export const cancelReminder = defineRoute({
  method: "delete",
  path: "/reminders/:id",
  access: "user",
  tag: "Reminders",
  summary: "Do not remind me after all",
  params,
  response: null,
  status: 204,
});

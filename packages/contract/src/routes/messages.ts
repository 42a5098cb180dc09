import * as z from "zod";
import { Membership } from "../entities/channel";
import {
  Emoji,
  Message,
  MessageText,
  MessageVersion,
  SendMessage,
  SendReply,
  Thread,
  ThreadCounts,
} from "../entities/message";
import { CursorQuery, Id, Limit, Revision, Timestamp } from "../primitives";
import { defineRoute } from "../route";

const params = z.object({ id: Id });

/**
 * At most one of `before`, `after`, `around` (messages) and `at` (a moment: around the first message from then on); none
 * means the newest page. Always oldest first.
 */
export const PageQuery = z
  .object({
    limit: Limit,
    before: Id.optional(),
    after: Id.optional(),
    around: Id.optional(),
    at: Timestamp.optional(),
  })
  .refine(
    ({ before, after, around, at }) => [before, after, around, at].filter(Boolean).length <= 1,
    "Give only one of before, after, around and at.",
  );
export type PageQuery = z.output<typeof PageQuery>;

export const MessagePage = z
  .object({ messages: z.array(Message), hasMoreBefore: z.boolean(), hasMoreAfter: z.boolean() })
  .meta({ id: "MessagePage" });
export type MessagePage = z.infer<typeof MessagePage>;

export const listMessages = defineRoute({
  method: "get",
  path: "/chat/channels/:id/messages",
  access: "user",
  tag: "Messages",
  summary:
    "A page of a channel, oldest first: the newest, or before, after or around a message, or from a moment on. Replies stand in their threads",
  params,
  query: PageQuery,
  response: MessagePage,
  status: 200,
  errors: ["not_found"],
});

export const postMessage = defineRoute({
  method: "post",
  path: "/chat/channels/:id/messages",
  aliases: ["/chat/channels/:id/messages/send"],
  access: "user",
  tag: "Messages",
  summary: "Send. With a clientMessageId it may be repeated safely: the first answer is 201, a repeat is 200",
  params,
  body: SendMessage,
  response: z.object({ message: Message }),
  status: 201,
  alsoOk: true,
  errors: ["not_found", "forbidden", "conflict"],
});

export const getMessage = defineRoute({
  method: "get",
  path: "/chat/messages/:id",
  access: "user",
  tag: "Messages",
  summary: "One message",
  params,
  response: z.object({ message: Message }),
  status: 200,
  errors: ["not_found"],
});

export const editMessage = defineRoute({
  method: "put",
  path: "/chat/messages/:id",
  access: "user",
  tag: "Messages",
  summary: "Rewrite a message of mine; what it said before is kept",
  params,
  body: z.object({ content: MessageText }),
  response: z.object({ message: Message }),
  status: 200,
  errors: ["not_found", "forbidden"],
});

export const deleteMessage = defineRoute({
  method: "delete",
  path: "/chat/messages/:id",
  access: "user",
  tag: "Messages",
  summary: "Delete a message of mine, or any as an administrator of the channel; deleting twice is deleting once",
  params,
  response: null,
  status: 204,
  errors: ["not_found", "forbidden"],
});

export const messageHistory = defineRoute({
  method: "get",
  path: "/chat/messages/:id/history",
  access: "user",
  tag: "Messages",
  summary: "What a message said before it was edited, oldest first",
  params,
  response: z.object({ versions: z.array(MessageVersion) }),
  status: 200,
  errors: ["not_found"],
});

export const forwardMessage = defineRoute({
  method: "post",
  path: "/chat/messages/:id/forward",
  access: "user",
  tag: "Messages",
  summary: "Send a message on to another conversation of mine, its files too, with a word of mine if I like",
  params,
  body: z.object({
    channelId: Id,
    content: MessageText.default(""),
    clientMessageId: z
      .uuid("Must be a UUID.")
      .transform((id) => id.toLowerCase())
      .optional(),
  }),
  response: z.object({ message: Message }),
  status: 201,
  alsoOk: true,
  errors: ["not_found", "forbidden", "conflict"],
});

export const markUnread = defineRoute({
  method: "post",
  path: "/chat/messages/:id/unread",
  access: "user",
  tag: "Messages",
  summary: "Mark unread from here: in the channel, or for a reply in its thread",
  params,
  response: z.object({ membership: Membership.nullable(), thread: Thread.nullable(), rev: Revision }),
  status: 200,
  errors: ["not_found"],
});

export const listReplies = defineRoute({
  method: "get",
  path: "/chat/messages/:id/replies",
  access: "user",
  tag: "Threads",
  summary: "A page of a message's thread, oldest first, paged like a channel; and my standing in it",
  params,
  query: PageQuery,
  response: MessagePage.extend({ thread: Thread }),
  status: 200,
  errors: ["not_found"],
});

export const postReply = defineRoute({
  method: "post",
  path: "/chat/messages/:id/replies",
  access: "user",
  tag: "Threads",
  summary: "Reply in a message's thread, and follow it",
  params,
  body: SendReply,
  response: z.object({ message: Message }),
  status: 201,
  alsoOk: true,
  errors: ["not_found", "forbidden", "conflict"],
});

export const listThreads = defineRoute({
  method: "get",
  path: "/chat/threads",
  access: "user",
  tag: "Threads",
  summary: "The threads I follow: unread ones first, then by the latest reply",
  query: CursorQuery,
  response: z.object({
    threads: z.array(z.object({ thread: Thread, message: Message })),
    counts: ThreadCounts,
    nextCursor: z.string().nullable(),
  }),
  status: 200,
});

export const readThread = defineRoute({
  method: "post",
  path: "/chat/messages/:id/replies/read",
  access: "user",
  tag: "Threads",
  summary: "I have read a thread up to this reply; going back is ignored",
  params,
  body: z.object({ seq: Revision }),
  response: z.object({ thread: Thread }),
  status: 200,
  errors: ["not_found"],
});

export const followThread = defineRoute({
  method: "put",
  path: "/chat/messages/:id/follow",
  access: "user",
  tag: "Threads",
  summary: "Hear of replies to a message",
  params,
  response: z.object({ thread: Thread }),
  status: 200,
  errors: ["not_found"],
});

export const unfollowThread = defineRoute({
  method: "delete",
  path: "/chat/messages/:id/follow",
  access: "user",
  tag: "Threads",
  summary: "Hear no more of replies to a message, until I am called or reply again",
  params,
  response: z.object({ thread: Thread }),
  status: 200,
  errors: ["not_found"],
});

const reactionParams = z.object({ id: Id, emoji: Emoji });

export const addReaction = defineRoute({
  method: "put",
  path: "/chat/messages/:id/reactions/:emoji",
  access: "user",
  tag: "Reactions, pins and bookmarks",
  summary: "React with an emoji",
  params: reactionParams,
  response: z.object({ message: Message }),
  status: 200,
  errors: ["not_found", "forbidden", "conflict"],
});

export const removeReaction = defineRoute({
  method: "delete",
  path: "/chat/messages/:id/reactions/:emoji",
  access: "user",
  tag: "Reactions, pins and bookmarks",
  summary: "Take my reaction back",
  params: reactionParams,
  response: z.object({ message: Message }),
  status: 200,
  errors: ["not_found", "forbidden"],
});

export const pinMessage = defineRoute({
  method: "put",
  path: "/chat/messages/:id/pin",
  access: "user",
  tag: "Reactions, pins and bookmarks",
  summary: "Pin a message to its channel",
  params,
  response: z.object({ message: Message }),
  status: 200,
  errors: ["not_found", "forbidden", "conflict"],
});

export const unpinMessage = defineRoute({
  method: "delete",
  path: "/chat/messages/:id/pin",
  access: "user",
  tag: "Reactions, pins and bookmarks",
  summary: "Unpin a message",
  params,
  response: z.object({ message: Message }),
  status: 200,
  errors: ["not_found", "forbidden"],
});

export const listPins = defineRoute({
  method: "get",
  path: "/chat/channels/:id/pins",
  access: "user",
  tag: "Reactions, pins and bookmarks",
  summary: "What is pinned to a channel, latest pin first",
  params,
  response: z.object({ messages: z.array(Message) }),
  status: 200,
  errors: ["not_found"],
});

export const addBookmark = defineRoute({
  method: "put",
  path: "/chat/messages/:id/bookmark",
  access: "user",
  tag: "Reactions, pins and bookmarks",
  summary: "Save a message for myself",
  params,
  response: null,
  status: 204,
  errors: ["not_found"],
});

export const removeBookmark = defineRoute({
  method: "delete",
  path: "/chat/messages/:id/bookmark",
  access: "user",
  tag: "Reactions, pins and bookmarks",
  summary: "No longer keep a message saved",
  params,
  response: null,
  status: 204,
  errors: ["not_found"],
});

export const listBookmarks = defineRoute({
  method: "get",
  path: "/chat/bookmarks",
  access: "user",
  tag: "Reactions, pins and bookmarks",
  summary: "The messages I saved, latest first; those I may no longer read are left out",
  query: CursorQuery,
  response: z.object({
    bookmarks: z.array(z.object({ message: Message, createdAt: Timestamp })),
    nextCursor: z.string().nullable(),
  }),
  status: 200,
});

import * as z from "zod";
import { Message, SendMessage } from "../entities/message";
import { Id, Limit } from "../primitives";
import { defineRoute } from "../route";

/** At most one of `before`, `after`, `around`; none means the newest page. Always oldest first. */
export const PageQuery = z
  .object({ limit: Limit, before: Id.optional(), after: Id.optional(), around: Id.optional() })
  .refine(
    ({ before, after, around }) => [before, after, around].filter(Boolean).length <= 1,
    "Give only one of before, after and around.",
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
  summary: "A page of a channel, oldest first: the newest, or before, after or around a message",
  params: z.object({ id: Id }),
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
  params: z.object({ id: Id }),
  body: SendMessage,
  response: z.object({ message: Message }),
  status: 201,
  alsoOk: true,
  errors: ["not_found", "conflict"],
});

export const getMessage = defineRoute({
  method: "get",
  path: "/chat/messages/:id",
  access: "user",
  tag: "Messages",
  summary: "One message",
  params: z.object({ id: Id }),
  response: z.object({ message: Message }),
  status: 200,
  errors: ["not_found"],
});

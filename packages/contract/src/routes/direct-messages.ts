import * as z from "zod";
import { Channel } from "../entities/channel";
import { Message, SendMessage } from "../entities/message";
import { Id } from "../primitives";
import { defineRoute } from "../route";
import { MessagePage, PageQuery } from "./messages";

export const openDirectMessage = defineRoute({
  method: "post",
  path: "/dm",
  access: "user",
  tag: "Direct messages",
  summary: "The conversation of me and these people: found, or created",
  body: z.object({
    userIds: z
      .array(Id)
      .min(1, "Choose somebody to write to.")
      .max(8, "A direct message is with at most eight others: create a channel for more."),
  }),
  response: z.object({ channel: Channel }),
  status: 201,
  alsoOk: true,
  errors: ["not_found"],
});

export const listConversations = defineRoute({
  method: "get",
  path: "/dm/conversations",
  access: "user",
  tag: "Direct messages",
  summary: "My direct messages, latest activity first",
  response: z.object({ channels: z.array(Channel) }),
  status: 200,
});

export const listDirectMessages = defineRoute({
  method: "get",
  path: "/dm/users/:userId/messages",
  access: "user",
  tag: "Direct messages",
  summary: "A page of my conversation with one person",
  params: z.object({ userId: Id }),
  query: PageQuery,
  response: MessagePage,
  status: 200,
  errors: ["not_found"],
});

export const postDirectMessage = defineRoute({
  method: "post",
  path: "/dm/users/:userId/messages",
  access: "user",
  tag: "Direct messages",
  summary: "Send to one person, opening the conversation if there is none",
  params: z.object({ userId: Id }),
  body: SendMessage,
  response: z.object({ message: Message }),
  status: 201,
  alsoOk: true,
  errors: ["not_found", "conflict"],
});

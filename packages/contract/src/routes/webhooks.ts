import * as z from "zod";
import { ClientMessageId, MessageText } from "../entities/message";
import { IncomingWebhook, OutgoingWebhook, WebhookDelivery, WebhookEvent, WebhookName } from "../entities/webhook";
import { CursorQuery, Id } from "../primitives";
import { defineRoute } from "../route";

const params = z.object({ id: Id });
const WebhookUrl = z
  .url({ protocol: /^https?$/, error: "Must be an http or https address." })
  .max(2000, "Must be at most 2,000 characters.");
const Events = z.array(WebhookEvent).min(1, "Choose at least one event.");

export const listIncomingWebhooks = defineRoute({
  method: "get",
  path: "/chat/channels/:id/webhooks/incoming",
  access: "user",
  tag: "Webhooks",
  summary: "The addresses by which programs write in a channel (its administrators)",
  params,
  response: z.object({ webhooks: z.array(IncomingWebhook) }),
  status: 200,
  errors: ["not_found", "forbidden"],
});

export const createIncomingWebhook = defineRoute({
  method: "post",
  path: "/chat/channels/:id/webhooks/incoming",
  access: "user",
  tag: "Webhooks",
  summary: "Make an address by which a program writes in a channel. It is shown once: whoever has it may write",
  params,
  body: z.object({ name: WebhookName }),
  response: z.object({ webhook: IncomingWebhook, url: z.string() }),
  status: 201,
  errors: ["not_found", "forbidden", "conflict"],
});

export const removeIncomingWebhook = defineRoute({
  method: "delete",
  path: "/webhooks/incoming/:id",
  access: "user",
  tag: "Webhooks",
  summary: "Take such an address away; what it wrote stays",
  params,
  response: null,
  status: 204,
  errors: ["not_found", "forbidden"],
});

export const postByWebhook = defineRoute({
  method: "post",
  path: "/hooks/:secret",
  access: "public",
  tag: "Webhooks",
  summary: "Write in the channel that this address belongs to. `text` will do for `content`",
  params: z.object({ secret: z.string().max(100) }),
  body: z
    .object({
      content: MessageText.optional(),
      text: MessageText.optional(),
      /** Makes it repeatable: a second send with the same key is answered with the first. */
      clientMessageId: ClientMessageId.optional(),
    })
    .refine(({ content, text }) => (content ?? text ?? "").trim().length > 0, {
      error: "Say something: content is empty.",
      path: ["content"],
    }),
  response: z.object({ messageId: Id }),
  status: 201,
  alsoOk: true,
  errors: ["not_found", "forbidden", "conflict", "rate_limited"],
});

export const listOutgoingWebhooks = defineRoute({
  method: "get",
  path: "/chat/channels/:id/webhooks/outgoing",
  access: "user",
  tag: "Webhooks",
  summary: "The programs that are told of what is said in a channel (its administrators)",
  params,
  response: z.object({ webhooks: z.array(OutgoingWebhook) }),
  status: 200,
  errors: ["not_found", "forbidden"],
});

export const createOutgoingWebhook = defineRoute({
  method: "post",
  path: "/chat/channels/:id/webhooks/outgoing",
  access: "user",
  tag: "Webhooks",
  summary: "Tell a program of what is said in a channel, signed with a secret that is shown once (Standard Webhooks)",
  params,
  body: z.object({ name: WebhookName, url: WebhookUrl, events: Events.default(["message.created"]) }),
  response: z.object({ webhook: OutgoingWebhook, secret: z.string() }),
  status: 201,
  errors: ["not_found", "forbidden", "conflict"],
});

export const changeOutgoingWebhook = defineRoute({
  method: "put",
  path: "/webhooks/outgoing/:id",
  access: "user",
  tag: "Webhooks",
  summary: "Change what a program is told, where, or whether",
  params,
  body: z.object({
    name: WebhookName.optional(),
    url: WebhookUrl.optional(),
    events: Events.optional(),
    isEnabled: z.boolean().optional(),
  }),
  response: z.object({ webhook: OutgoingWebhook }),
  status: 200,
  errors: ["not_found", "forbidden"],
});

export const removeOutgoingWebhook = defineRoute({
  method: "delete",
  path: "/webhooks/outgoing/:id",
  access: "user",
  tag: "Webhooks",
  summary: "Tell a program nothing any more",
  params,
  response: null,
  status: 204,
  errors: ["not_found", "forbidden"],
});

export const listDeliveries = defineRoute({
  method: "get",
  path: "/webhooks/outgoing/:id/deliveries",
  access: "user",
  tag: "Webhooks",
  summary: "What a program was told in the last two weeks, latest first, and what it answered",
  params,
  query: CursorQuery,
  response: z.object({ deliveries: z.array(WebhookDelivery), nextCursor: z.string().nullable() }),
  status: 200,
  errors: ["not_found", "forbidden"],
});

export const redeliver = defineRoute({
  method: "post",
  path: "/webhooks/deliveries/:id/redeliver",
  access: "user",
  tag: "Webhooks",
  summary: "Tell it again, under the same id",
  params,
  response: z.object({ delivery: WebhookDelivery }),
  status: 200,
  errors: ["not_found", "forbidden"],
});

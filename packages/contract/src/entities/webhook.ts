import * as z from "zod";
import { Id, Timestamp } from "../primitives";

/** What a webhook is called, and speaks as. */
export const WebhookName = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(50, "Must be at most 50 characters.")
  .refine((name) => !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(name), "Must be on one line.");

/** An address by which programs say something in a channel. */
export const IncomingWebhook = z
  .object({
    id: Id,
    channelId: Id,
    name: z.string(),
    createdBy: Id,
    createdAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
  })
  .meta({ id: "IncomingWebhook" });
export type IncomingWebhook = z.infer<typeof IncomingWebhook>;

export const WebhookEvent = z
  .enum(["message.created", "message.updated", "message.deleted"])
  .meta({ id: "WebhookEvent" });
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** A program that is told of what is said in a channel. */
export const OutgoingWebhook = z
  .object({
    id: Id,
    channelId: Id,
    name: z.string(),
    url: z.string(),
    events: z.array(WebhookEvent),
    isEnabled: z.boolean(),
    /** Why it is not: in a sentence, when it was not a person who switched it off. */
    disabledReason: z.string().nullable(),
    /** Since when nothing has arrived. */
    failingSince: Timestamp.nullable(),
    createdBy: Id,
    createdAt: Timestamp,
  })
  .meta({ id: "OutgoingWebhook" });
export type OutgoingWebhook = z.infer<typeof OutgoingWebhook>;

export const WebhookDelivery = z
  .object({
    id: Id,
    event: WebhookEvent,
    messageId: Id,
    status: z.enum(["waiting", "delivered", "failed"]),
    attempts: z.int().min(0),
    /** What the program answered last. */
    responseStatus: z.int().nullable(),
    /** Why it did not arrive, in a sentence. */
    error: z.string().nullable(),
    createdAt: Timestamp,
    /** When it is tried again. */
    nextAttemptAt: Timestamp.nullable(),
    deliveredAt: Timestamp.nullable(),
  })
  .meta({ id: "WebhookDelivery" });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

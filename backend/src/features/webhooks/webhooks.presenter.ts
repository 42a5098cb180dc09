import type { IncomingWebhook, OutgoingWebhook, WebhookDelivery } from "@connectbest/contract";
import type { DeliveryDocument } from "./deliveries.model";
import type { IncomingWebhookDocument } from "./incoming-webhooks.model";
import type { OutgoingWebhookDocument } from "./outgoing-webhooks.model";

export const presentIncoming = (webhook: IncomingWebhookDocument): IncomingWebhook => ({
  id: webhook._id.toHexString(),
  channelId: webhook.channelId.toHexString(),
  name: webhook.name,
  createdBy: webhook.createdBy.toHexString(),
  createdAt: webhook.createdAt.toISOString(),
  lastUsedAt: webhook.lastUsedAt?.toISOString() ?? null,
});

export const presentOutgoing = (webhook: OutgoingWebhookDocument): OutgoingWebhook => ({
  id: webhook._id.toHexString(),
  channelId: webhook.channelId.toHexString(),
  name: webhook.name,
  url: webhook.url,
  events: webhook.events,
  isEnabled: webhook.isEnabled,
  disabledReason: webhook.disabledReason,
  failingSince: webhook.failingSince?.toISOString() ?? null,
  createdBy: webhook.createdBy.toHexString(),
  createdAt: webhook.createdAt.toISOString(),
});

export const presentDelivery = (delivery: DeliveryDocument): WebhookDelivery => ({
  id: delivery._id.toHexString(),
  event: delivery.event,
  messageId: delivery.messageId.toHexString(),
  status: delivery.status,
  attempts: delivery.attempts,
  responseStatus: delivery.responseStatus,
  error: delivery.error,
  createdAt: delivery.createdAt.toISOString(),
  nextAttemptAt: delivery.dueAt?.toISOString() ?? null,
  deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
});

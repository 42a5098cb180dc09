import type { OutgoingWebhook, WebhookDelivery, WebhookEvent } from "@connectbest/contract";
import { Types } from "mongoose";
import type { Config } from "../../config";
import { findDatePage } from "../../db/date-page";
import type { Actor } from "../../http/actor";
import { conflict, invalidRequest, notFound } from "../../http/errors";
import { ForbiddenAddress, type GuardedFetch } from "../../outgoing/guarded-fetch";
import { record } from "../audit/audit.service";
import { ChannelModel } from "../channels/channels.model";
import { DeliveryModel } from "./deliveries.model";
import { findManaged, findManagedChannel } from "./managed-channel";
import { OutgoingWebhookModel, type OutgoingWebhookDocument } from "./outgoing-webhooks.model";
import { newSecret } from "./signature";
import { sealSecret } from "./webhook-secret";
import { presentDelivery, presentOutgoing } from "./webhooks.presenter";

const mostWebhooks = 20;

/** Said when it is made, so that nobody waits for what never comes; each delivery asks again. @throws invalid_request */
function checkUrl(url: string, guarded: GuardedFetch): void {
  try {
    guarded.checkUrl(url);
  } catch (error) {
    if (!(error instanceof ForbiddenAddress)) throw error;
    throw invalidRequest("Choose an address on the public internet.", [
      { path: "body.url", message: "Must be a public address, without a user name." },
    ]);
  }
}

export async function list(actor: Actor, channelId: string): Promise<{ webhooks: OutgoingWebhook[] }> {
  const channel = await findManagedChannel(actor, channelId);
  const webhooks = await OutgoingWebhookModel.find({ channelId: channel._id }).lean();
  return { webhooks: webhooks.map(presentOutgoing) };
}

export async function create(
  actor: Actor,
  channelId: string,
  { name, url, events }: { name: string; url: string; events: WebhookEvent[] },
  config: Pick<Config, "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS">,
  guarded: GuardedFetch,
): Promise<{ webhook: OutgoingWebhook; secret: string }> {
  const channel = await findManagedChannel(actor, channelId);
  checkUrl(url, guarded);
  if ((await OutgoingWebhookModel.countDocuments({ channelId: channel._id })) >= mostWebhooks)
    throw conflict(`A channel has at most ${mostWebhooks} outgoing webhooks. Take one away first.`);
  const secret = newSecret();
  const _id = new Types.ObjectId();
  const webhook: OutgoingWebhookDocument = {
    _id,
    channelId: channel._id,
    name,
    url,
    events: [...new Set(events)],
    sealedSecret: sealSecret(secret, _id, config),
    isEnabled: true,
    disabledReason: null,
    failingSince: null,
    sinceRev: channel.rev,
    createdBy: actor.userId,
    createdAt: new Date(),
  };
  await OutgoingWebhookModel.create([webhook]);
  await record({
    kind: "webhook_created",
    actor,
    target: _id.toHexString(),
    ip: actor.ip,
    note: `out of ${channelId}`,
  });
  return { webhook: presentOutgoing(webhook), secret };
}

interface Change {
  name?: string | undefined;
  url?: string | undefined;
  events?: WebhookEvent[] | undefined;
  isEnabled?: boolean | undefined;
}

export async function change(
  actor: Actor,
  id: string,
  { name, url, events, isEnabled }: Change,
  guarded: GuardedFetch,
): Promise<{ webhook: OutgoingWebhook }> {
  const webhook = await findManaged(actor, await OutgoingWebhookModel.findById(id).lean());
  if (url) checkUrl(url, guarded);
  const isSwitchedOn = isEnabled === true && !webhook.isEnabled;
  const channel = isSwitchedOn ? await ChannelModel.findById(webhook.channelId, { rev: 1 }).lean() : null;
  const changed = await OutgoingWebhookModel.findByIdAndUpdate(
    webhook._id,
    {
      $set: {
        ...(name && { name }),
        ...(url && { url }),
        ...(events && { events: [...new Set(events)] }),
        ...(isEnabled !== undefined && { isEnabled, disabledReason: null }),
        ...(isSwitchedOn && { failingSince: null, sinceRev: channel?.rev ?? webhook.sinceRev }),
      },
    },
    { returnDocument: "after" },
  ).lean();
  if (!changed) throw notFound("This webhook");
  return { webhook: presentOutgoing(changed) };
}

export async function remove(actor: Actor, id: string): Promise<void> {
  const webhook = await findManaged(actor, await OutgoingWebhookModel.findById(id).lean());
  await OutgoingWebhookModel.deleteOne({ _id: webhook._id });
  await DeliveryModel.deleteMany({ webhookId: webhook._id });
  await record({ kind: "webhook_removed", actor, target: id, ip: actor.ip });
}

export async function deliveries(
  actor: Actor,
  id: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ deliveries: WebhookDelivery[]; nextCursor: string | null }> {
  const webhook = await findManaged(actor, await OutgoingWebhookModel.findById(id).lean());
  const order = { by: "createdAt", direction: -1 } as const;
  const { found, nextCursor } = await findDatePage(DeliveryModel, { webhookId: webhook._id }, order, page);
  return {
    deliveries: found.map(presentDelivery),
    nextCursor,
  };
}

/** Under the same id, so that a program which had it after all knows it again. */
export async function redeliver(actor: Actor, deliveryId: string): Promise<{ delivery: WebhookDelivery }> {
  const delivery = await DeliveryModel.findById(deliveryId).lean();
  await findManaged(actor, delivery && (await OutgoingWebhookModel.findById(delivery.webhookId).lean()));
  const again = await DeliveryModel.findByIdAndUpdate(
    deliveryId,
    { $set: { status: "waiting", attempts: 0, dueAt: new Date(), error: null } },
    { returnDocument: "after" },
  ).lean();
  if (!again) throw notFound("This delivery");
  return { delivery: presentDelivery(again) };
}

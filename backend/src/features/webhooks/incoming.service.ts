import { randomUUID } from "node:crypto";
import type { IncomingWebhook } from "@connectbest/contract";
import { Types } from "mongoose";
import type { Config } from "../../config";
import { fingerprint, randomSecret } from "../../crypto/one-way";
import type { Actor } from "../../http/actor";
import { conflict, notFound } from "../../http/errors";
import type { Repeat } from "../../http/handle";
import { record } from "../audit/audit.service";
import { ChannelModel } from "../channels/channels.model";
import { postAsBot } from "../messages/post-as-bot";
import { IncomingWebhookModel } from "./incoming-webhooks.model";
import { findManaged, findManagedChannel } from "./managed-channel";
import { presentIncoming } from "./webhooks.presenter";

const mostWebhooks = 50;
/** Between two notes of its use, in milliseconds. */
const useNoted = 60_000;

export async function list(actor: Actor, channelId: string): Promise<{ webhooks: IncomingWebhook[] }> {
  const channel = await findManagedChannel(actor, channelId);
  const webhooks = await IncomingWebhookModel.find({ channelId: channel._id }).lean();
  return { webhooks: webhooks.map(presentIncoming) };
}

export async function create(
  actor: Actor,
  channelId: string,
  name: string,
  config: Pick<Config, "PUBLIC_URL">,
): Promise<{ webhook: IncomingWebhook; url: string }> {
  const channel = await findManagedChannel(actor, channelId);
  if ((await IncomingWebhookModel.countDocuments({ channelId: channel._id })) >= mostWebhooks)
    throw conflict(`A channel has at most ${mostWebhooks} incoming webhooks. Take one away first.`);
  const secret = randomSecret();
  const webhook = {
    _id: new Types.ObjectId(),
    channelId: channel._id,
    name,
    secretHash: fingerprint(secret),
    createdBy: actor.userId,
    createdAt: new Date(),
    lastUsedAt: null,
  };
  await IncomingWebhookModel.create([webhook]);
  await record({
    kind: "webhook_created",
    actor,
    target: webhook._id.toHexString(),
    ip: actor.ip,
    note: `into ${channelId}`,
  });
  return { webhook: presentIncoming(webhook), url: `${config.PUBLIC_URL}/api/hooks/${secret}` };
}

export async function remove(actor: Actor, id: string): Promise<void> {
  const webhook = await findManaged(actor, await IncomingWebhookModel.findById(id).lean());
  await IncomingWebhookModel.deleteOne({ _id: webhook._id });
  await record({ kind: "webhook_removed", actor, target: id, ip: actor.ip });
}

/** A program writes: whoever knows the address may. @throws not_found, forbidden when the channel is archived, rate_limited */
export async function post(
  secret: string,
  body: { content?: string | undefined; text?: string | undefined; clientMessageId?: string | undefined },
  limits: Pick<Config, "MESSAGES_PER_MINUTE">,
): Promise<{ messageId: string } | Repeat<{ messageId: string }>> {
  const webhook = await IncomingWebhookModel.findOne({ secretHash: fingerprint(secret) }).lean();
  if (!webhook || !(await ChannelModel.exists({ _id: webhook.channelId }))) throw notFound("This webhook");
  const { message, created } = await postAsBot(
    { _id: webhook._id, name: webhook.name },
    webhook.channelId,
    { content: body.content ?? body.text ?? "", clientMessageId: body.clientMessageId ?? randomUUID() },
    limits,
  );
  const now = new Date();
  if (now.getTime() - (webhook.lastUsedAt?.getTime() ?? 0) > useNoted)
    await IncomingWebhookModel.updateOne({ _id: webhook._id }, { $set: { lastUsedAt: now } });
  return created ? { messageId: message.id } : { repeat: { messageId: message.id } };
}

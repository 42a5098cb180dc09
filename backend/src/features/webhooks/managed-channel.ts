import type { Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { forbidden, notFound } from "../../http/errors";
import { findVisibleChannel } from "../channels/channel-access";
import type { ChannelDocument } from "../channels/channels.model";
import { canManage } from "../channels/channels.policy";

/** A channel whose webhooks are the actor's to look after. @throws not_found, forbidden */
export async function findManagedChannel(actor: Actor, channelId: Types.ObjectId | string): Promise<ChannelDocument> {
  const { channel, member } = await findVisibleChannel(channelId, actor.userId);
  if (!canManage(channel, member, actor)) throw forbidden("Only the channel's administrators look after its webhooks.");
  return channel;
}

/** The same by one of its webhooks. @throws not_found, forbidden */
export async function findManaged<W extends { channelId: Types.ObjectId }>(
  actor: Actor,
  webhook: W | null,
): Promise<W> {
  if (!webhook) throw notFound("This webhook");
  await findManagedChannel(actor, webhook.channelId);
  return webhook;
}

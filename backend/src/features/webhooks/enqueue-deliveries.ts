import type { WebhookEvent } from "@connectbest/contract";
import { Types } from "mongoose";
import type { Changed } from "../messages/channel-feed";
import type { MessageDocument } from "../messages/messages.model";
import { presentMessages } from "../messages/messages.presenter";
import { DeliveryModel, type DeliveryDocument } from "./deliveries.model";
import { OutgoingWebhookModel } from "./outgoing-webhooks.model";

function eventOf(message: MessageDocument, since: number): WebhookEvent {
  if (message.deletedAt) return "message.deleted";
  return message.seq > since ? "message.created" : "message.updated";
}

/** Puts what was said into the line for every program that is to hear of it. Doing it twice is doing it once. */
export async function enqueueDeliveries({ channel, since, messages }: Changed): Promise<void> {
  const webhooks = await OutgoingWebhookModel.find({ channelId: channel._id, isEnabled: true }).lean();
  if (webhooks.length === 0) return;
  // What programs say is not told to programs: two of them could go on for ever.
  const told = messages.filter((message) => !message.bot && !message.note);
  const presented = new Map((await presentMessages(told)).map((message) => [message.id, message]));
  const now = new Date();
  const rows = webhooks.flatMap((webhook) =>
    told.flatMap((message): DeliveryDocument[] => {
      const event = eventOf(message, since);
      if (!webhook.events.includes(event) || message.rev <= webhook.sinceRev) return [];
      const data = {
        message: presented.get(message._id.toHexString()),
        channelId: channel._id.toHexString(),
        channelName: channel.name,
      };
      return [
        {
          _id: new Types.ObjectId(),
          webhookId: webhook._id,
          event,
          messageId: message._id,
          rev: message.rev,
          payload: JSON.stringify({ type: event, timestamp: now.toISOString(), data }),
          status: "waiting",
          attempts: 0,
          responseStatus: null,
          error: null,
          dueAt: now,
          createdAt: now,
          deliveredAt: null,
        },
      ];
    }),
  );
  for (const row of rows) {
    const { webhookId, messageId, rev, ...rest } = row;
    await DeliveryModel.updateOne({ webhookId, messageId, rev }, { $setOnInsert: rest }, { upsert: true });
  }
}

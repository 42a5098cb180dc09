import type { WebhookEvent } from "@connectbest/contract";
import { Types } from "mongoose";
import type { Changed } from "../messages/channel-feed";
import type { MessageDocument } from "../messages/messages.model";
import { presentMessages } from "../messages/messages.presenter";
import { DeliveryModel, type DeliveryDocument } from "./deliveries.model";
import { OutgoingWebhookModel, type OutgoingWebhookDocument } from "./outgoing-webhooks.model";

/** Something to tell one program of one message. */
interface Telling {
  webhook: OutgoingWebhookDocument;
  message: MessageDocument;
  event: WebhookEvent;
  /** Under which it is told once: of a new message its place, whatever has become of it before it was told. */
  rev: number;
}

function tellingOf(webhook: OutgoingWebhookDocument, message: MessageDocument, since: number): Telling {
  if (message.deletedAt) return { webhook, message, event: "message.deleted", rev: message.rev };
  return message.seq > since
    ? { webhook, message, event: "message.created", rev: message.seq }
    : { webhook, message, event: "message.updated", rev: message.rev };
}

const isWanted = ({ webhook, event, rev }: Telling): boolean =>
  webhook.events.includes(event) && rev > webhook.sinceRev;

type Write = (telling: Telling) => Omit<DeliveryDocument, "_id" | "webhookId" | "messageId" | "rev">;

async function writerOf({ channel }: Changed, told: MessageDocument[]): Promise<Write> {
  const presented = new Map((await presentMessages(told)).map((message) => [message.id, message]));
  const [channelId, now] = [channel._id.toHexString(), new Date()];
  return ({ message, event }) => ({
    event,
    payload: JSON.stringify({
      type: event,
      timestamp: now.toISOString(),
      data: { message: presented.get(message._id.toHexString()), channelId, channelName: channel.name },
    }),
    status: "waiting",
    attempts: 0,
    responseStatus: null,
    error: null,
    dueAt: now,
    createdAt: now,
    deliveredAt: null,
  });
}

/** Puts these into the line. @returns those that were in it before */
async function insert(tellings: Telling[], write: Write): Promise<Telling[]> {
  if (tellings.length === 0) return [];
  const { upsertedIds } = await DeliveryModel.collection.bulkWrite(
    tellings.map((telling) => ({
      updateOne: {
        filter: { webhookId: telling.webhook._id, messageId: telling.message._id, rev: telling.rev },
        update: { $setOnInsert: { _id: new Types.ObjectId(), ...write(telling) } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
  return tellings.filter((_, i) => upsertedIds[i] === undefined);
}

/** What waits, or is kept in the log, does not go on saying what was deleted. */
async function forgetWords(webhooks: OutgoingWebhookDocument[], messages: MessageDocument[]): Promise<void> {
  const gone = messages.flatMap(({ _id, deletedAt }) => (deletedAt ? _id : []));
  if (gone.length === 0) return;
  const webhookId = { $in: webhooks.map(({ _id }) => _id) };
  await DeliveryModel.updateMany(
    { webhookId, messageId: { $in: gone }, event: { $ne: "message.deleted" } },
    { $set: { payload: "" } },
  );
}

/** Puts what was said into the line for every program that is to hear of it. Doing it twice is doing it once. */
export async function enqueueDeliveries(changed: Changed): Promise<void> {
  const { channel, since, messages } = changed;
  const webhooks = await OutgoingWebhookModel.find({ channelId: channel._id }).lean();
  if (webhooks.length === 0) return;
  await forgetWords(webhooks, messages);
  // What programs say is not told to programs: two of them could go on for ever.
  const told = messages.filter((message) => !message.bot && !message.note);
  const tellings = webhooks
    .filter(({ isEnabled }) => isEnabled)
    .flatMap((webhook) => told.map((message) => tellingOf(webhook, message, since)));
  const write = await writerOf(changed, told);
  const before = await insert(tellings.filter(isWanted), write);
  // A process died right after it had told of a new message: what became of that since is news of its own.
  const changedSince = before
    .filter(({ event, message }) => event === "message.created" && message.rev > message.seq)
    .map((telling): Telling => ({ ...telling, event: "message.updated", rev: telling.message.rev }));
  await insert(changedSince.filter(isWanted), write);
}

import type { Logger } from "pino";
import { Worker } from "../../jobs/worker";
import { ForbiddenAddress, type GuardedFetch } from "../../outgoing/guarded-fetch";
import { MessageModel } from "../messages/messages.model";
import { DeliveryModel, type DeliveryDocument } from "./deliveries.model";
import { OutgoingWebhookModel, type OutgoingWebhookDocument } from "./outgoing-webhooks.model";
import { giveUp, settleFailure, settleSuccess, type Outcome } from "./settle-delivery";
import { signatureHeaders } from "./signature";
import { openSecret, SecretLost, type Keys } from "./webhook-secret";

/** How long one try may take before another process may begin it again, in milliseconds. */
const lease = 60_000;
/** Bytes of a program's answer that are read: nothing is made of them. */
const answerLimit = 4096;

/** What went wrong, for people; what the network calls it stays in the log. */
function sentenceOf(error: unknown): string {
  if (error instanceof SecretLost)
    return "The signing secret cannot be read with the keys of this server. Make the webhook anew.";
  if (error instanceof ForbiddenAddress) return "The address is not on the public internet.";
  const code = (error as { code?: unknown }).code;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "The name in the address is not known.";
  if (code === "ECONNREFUSED") return "Nothing answers at that address.";
  if (error instanceof Error && /timeout|aborted/i.test(`${error.name} ${error.message}`))
    return "The program did not answer in time.";
  return "The program could not be reached.";
}

async function send(
  webhook: OutgoingWebhookDocument,
  delivery: DeliveryDocument,
  keys: Keys,
  guarded: GuardedFetch,
): Promise<Outcome> {
  const id = delivery._id.toHexString();
  try {
    const secret = await openSecret(webhook, keys);
    const { status } = await guarded.fetch(webhook.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "ConnectBestChat-Webhook/1.0",
        ...signatureHeaders(secret, id, delivery.payload, new Date()),
      },
      body: delivery.payload,
      limit: answerLimit,
      isCut: true,
    });
    const hasArrived = status >= 200 && status < 300;
    return { responseStatus: status, error: hasArrived ? null : `The program answered ${status}.` };
  } catch (error) {
    return { responseStatus: null, error: sentenceOf(error), isLasting: error instanceof SecretLost };
  }
}

/** Whether its words may still be told: of what was deleted while it waited only that it is gone. */
const isStillSaid = async ({ event, messageId }: DeliveryDocument): Promise<boolean> =>
  event === "message.deleted" || Boolean(await MessageModel.exists({ _id: messageId, deletedAt: { $exists: false } }));

async function deliver(delivery: DeliveryDocument, keys: Keys, guarded: GuardedFetch): Promise<void> {
  const webhook = await OutgoingWebhookModel.findById(delivery.webhookId).lean();
  if (!webhook?.isEnabled) return giveUp(delivery, "The webhook is switched off.");
  if (!(await isStillSaid(delivery))) return giveUp(delivery, "The message has been deleted: its words are not sent.");
  const outcome = await send(webhook, delivery, keys, guarded);
  if (outcome.error === null) await settleSuccess(delivery, outcome);
  else await settleFailure(delivery, outcome);
}

/** Tells programs what waits for them. */
export const deliveryWorker = (keys: Keys, guarded: GuardedFetch, logger: Logger): Worker =>
  new Worker(
    async () => {
      const now = Date.now();
      const delivery = await DeliveryModel.findOneAndUpdate(
        { status: "waiting", dueAt: { $lte: new Date(now) } },
        { $set: { dueAt: new Date(now + lease) }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: "after" },
      ).lean();
      if (delivery) await deliver(delivery, keys, guarded);
      return delivery !== null;
    },
    { name: "webhooks", interval: 1000, lanes: 4 },
    logger,
  );

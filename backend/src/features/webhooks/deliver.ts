import type { Logger } from "pino";
import type { Config } from "../../config";
import { unseal } from "../../crypto/sealed-box";
import { Worker } from "../../jobs/worker";
import { ForbiddenAddress, type GuardedFetch } from "../../outgoing/guarded-fetch";
import { DeliveryModel, type DeliveryDocument } from "./deliveries.model";
import { OutgoingWebhookModel, type OutgoingWebhookDocument } from "./outgoing-webhooks.model";
import { signatureHeaders } from "./signature";

/** How long one try may take before another process may begin it again, in milliseconds. */
const lease = 60_000;
/** Milliseconds until the next try, by tries made; after the last the delivery is given up. */
const delays = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800].map((seconds) => seconds * 1000);
/** A program that has been deaf for so long, in milliseconds, is not called any more. */
const patience = 24 * 3600 * 1000;
/** Bytes of a program's answer that are read: nothing is made of them. */
const answerLimit = 4096;

type Keys = Pick<Config, "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS">;

interface Outcome {
  responseStatus: number | null;
  /** `null`: it arrived. */
  error: string | null;
}

/** What went wrong, for people; what the network calls it stays in the log. */
function sentenceOf(error: unknown): string {
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
  const secret = unseal(webhook.sealedSecret, `webhook ${webhook._id.toHexString()}`, keys);
  try {
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
    return { responseStatus: null, error: sentenceOf(error) };
  }
}

async function settleSuccess(
  webhook: OutgoingWebhookDocument,
  delivery: DeliveryDocument,
  { responseStatus }: Outcome,
) {
  await DeliveryModel.updateOne(
    { _id: delivery._id },
    { $set: { status: "delivered", responseStatus, error: null, deliveredAt: new Date() }, $unset: { dueAt: 1 } },
  );
  if (webhook.failingSince)
    await OutgoingWebhookModel.updateOne({ _id: webhook._id }, { $set: { failingSince: null } });
}

async function settleFailure(webhook: OutgoingWebhookDocument, delivery: DeliveryDocument, outcome: Outcome) {
  const now = Date.now();
  const since = webhook.failingSince ?? new Date(now);
  const isDeaf = now - since.getTime() >= patience;
  const delay = isDeaf ? undefined : delays[delivery.attempts - 1];
  await DeliveryModel.updateOne(
    { _id: delivery._id },
    delay === undefined
      ? { $set: { status: "failed", ...outcome }, $unset: { dueAt: 1 } }
      : { $set: { ...outcome, dueAt: new Date(now + delay) } },
  );
  await OutgoingWebhookModel.updateOne(
    { _id: webhook._id, isEnabled: true },
    {
      $set: {
        failingSince: since,
        ...(isDeaf && {
          isEnabled: false,
          disabledReason: `Switched off: nothing has arrived for a day. The last time: ${outcome.error}`,
        }),
      },
    },
  );
}

const giveUp = (delivery: DeliveryDocument, error: string) =>
  DeliveryModel.updateOne({ _id: delivery._id }, { $set: { status: "failed", error }, $unset: { dueAt: 1 } });

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
      if (!delivery) return false;
      const webhook = await OutgoingWebhookModel.findById(delivery.webhookId).lean();
      if (!webhook?.isEnabled) {
        await giveUp(delivery, "The webhook is switched off.");
        return true;
      }
      const outcome = await send(webhook, delivery, keys, guarded);
      if (outcome.error === null) await settleSuccess(webhook, delivery, outcome);
      else await settleFailure(webhook, delivery, outcome);
      return true;
    },
    { name: "webhooks", interval: 1000, lanes: 4 },
    logger,
  );

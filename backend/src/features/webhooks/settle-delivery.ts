import { DeliveryModel, type DeliveryDocument } from "./deliveries.model";
import { OutgoingWebhookModel, type OutgoingWebhookDocument } from "./outgoing-webhooks.model";

/** Milliseconds until the next try, by tries made; after the last the delivery is given up. */
const delays = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800].map((seconds) => seconds * 1000);
/** A program that has been deaf for so long, in milliseconds, is not called any more. */
const patience = 24 * 3600 * 1000;
/** After so long without a try, in milliseconds (more than lies between two), nobody knows that it was deaf all the while. */
const untried = Math.max(...delays) + 3600 * 1000;

export interface Outcome {
  responseStatus: number | null;
  /** `null`: it arrived. */
  error: string | null;
  /** Trying again would not help. */
  isLasting?: boolean;
}

export async function settleSuccess({ webhookId, _id }: DeliveryDocument, { responseStatus }: Outcome): Promise<void> {
  await DeliveryModel.updateOne(
    { _id },
    { $set: { status: "delivered", responseStatus, error: null, deliveredAt: new Date() }, $unset: { dueAt: 1 } },
  );
  await OutgoingWebhookModel.updateOne(
    { _id: webhookId, failingSince: { $ne: null } },
    { $set: { failingSince: null } },
  );
}

/**
 * Since when nothing has arrived, of a row of failures without a longer pause. Asked of the database as it is: another
 * process may have reached the program meanwhile.
 */
async function noteFailure(
  webhookId: DeliveryDocument["webhookId"],
  now: Date,
): Promise<OutgoingWebhookDocument | null> {
  const lastTried = { $not: { $gte: new Date(now.getTime() - untried) } };
  await OutgoingWebhookModel.updateOne(
    { _id: webhookId, $or: [{ failingSince: null }, { lastFailureAt: lastTried }] },
    { $set: { failingSince: now, lastFailureAt: now } },
  );
  return OutgoingWebhookModel.findByIdAndUpdate(
    webhookId,
    { $max: { lastFailureAt: now } },
    { returnDocument: "after" },
  ).lean();
}

export async function settleFailure(delivery: DeliveryDocument, outcome: Outcome): Promise<void> {
  const { isLasting = false, ...shown } = outcome;
  const now = new Date();
  const webhook = await noteFailure(delivery.webhookId, now);
  const failingSince = webhook?.failingSince ?? now;
  const isDeaf = now.getTime() - failingSince.getTime() >= patience;
  const delay = isDeaf || isLasting ? undefined : delays[delivery.attempts - 1];
  await DeliveryModel.updateOne(
    { _id: delivery._id },
    delay === undefined
      ? { $set: { status: "failed", ...shown }, $unset: { dueAt: 1 } }
      : { $set: { ...shown, dueAt: new Date(now.getTime() + delay) } },
  );
  if (!isDeaf) return;
  const disabledReason = `Switched off: nothing has arrived for a day. The last time: ${outcome.error}`;
  await OutgoingWebhookModel.updateOne(
    // Something that has arrived since ends the row.
    { _id: delivery.webhookId, isEnabled: true, failingSince },
    { $set: { isEnabled: false, disabledReason } },
  );
}

/** Ends a delivery that nobody was called for. */
export async function giveUp({ _id }: DeliveryDocument, error: string): Promise<void> {
  await DeliveryModel.updateOne({ _id }, { $set: { status: "failed", error }, $unset: { dueAt: 1 } });
}

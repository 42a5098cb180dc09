import { ECDH } from "node:crypto";
import { fingerprint } from "../../crypto/one-way";
import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { conflict, invalidRequest, unauthenticated } from "../../http/errors";
import { ForbiddenAddress, type GuardedFetch } from "../../outgoing/guarded-fetch";
import { SessionModel } from "../sessions/sessions.model";
import { PushSubscriptionModel, type PushSubscriptionDocument } from "./push-subscriptions.model";

const mostSubscriptions = 20;

type Wanted = Pick<PushSubscriptionDocument, "endpoint" | "keys">;

export const key = ({ VAPID_PUBLIC_KEY }: Pick<Config, "VAPID_PUBLIC_KEY">): { publicKey: string | null } => ({
  publicKey: VAPID_PUBLIC_KEY ?? null,
});

/** Said when it is made; each push asks again. @throws invalid_request */
function checkEndpoint(endpoint: string, guarded: GuardedFetch): void {
  try {
    guarded.checkUrl(endpoint);
  } catch (error) {
    if (!(error instanceof ForbiddenAddress)) throw error;
    throw invalidRequest("This is not the address of a push service.", [
      { path: "body.endpoint", message: "Must be a public address, without a user name." },
    ]);
  }
}

/** What is no point of the curve could never be encrypted for. @throws invalid_request */
function checkKey(p256dh: string): void {
  try {
    ECDH.convertKey(p256dh, "prime256v1", "base64url");
  } catch {
    const message = "Must be a public key of the curve P-256.";
    throw invalidRequest(message, [{ path: "body.keys.p256dh", message }]);
  }
}

/**
 * Whether the session is still open in which a browser asked to be told. Asked before every push, so that however it ended,
 * nothing more is told there.
 */
export const isSignedIn = async ({ sessionId, userId }: PushSubscriptionDocument): Promise<boolean> =>
  Boolean(await SessionModel.exists({ _id: sessionId, userId, expiresAt: { $gt: new Date() } }));

/** Keeps the new one only if there are not too many: counted after it is there, so that several at once are counted too. */
async function demandRoom({ _id, userId }: Pick<PushSubscriptionDocument, "_id" | "userId">): Promise<void> {
  const all = await PushSubscriptionModel.find({ userId }).lean();
  if (all.length <= mostSubscriptions) return;
  const over: string[] = [];
  for (const one of all) if (!(await isSignedIn(one))) over.push(one._id);
  const isFull = all.length - over.length > mostSubscriptions;
  await PushSubscriptionModel.deleteMany({ _id: { $in: isFull ? [...over, _id] : over } });
  if (isFull) throw conflict(`At most ${mostSubscriptions} browsers are told. Sign out where you no longer are first.`);
}

/** @throws invalid_request, conflict when there are too many, or nothing is pushed here at all */
export async function subscribe(
  actor: Actor,
  { endpoint, keys }: Wanted,
  config: Pick<Config, "VAPID_PUBLIC_KEY">,
  guarded: GuardedFetch,
): Promise<{ expiresAt: string }> {
  if (!config.VAPID_PUBLIC_KEY) throw conflict("This installation sends no push messages.");
  checkEndpoint(endpoint, guarded);
  checkKey(keys.p256dh);
  const session = await SessionModel.findById(actor.sessionId, { expiresAt: 1 }).lean();
  if (!session) throw unauthenticated();
  const _id = fingerprint(endpoint);
  const { userId, sessionId } = actor;
  const subscription = { userId, sessionId, endpoint, keys, expiresAt: session.expiresAt };
  await PushSubscriptionModel.updateOne(
    { _id },
    { $set: subscription, $setOnInsert: { createdAt: new Date() } },
    { upsert: true },
  );
  await demandRoom({ _id, userId });
  return { expiresAt: session.expiresAt.toISOString() };
}

/** One's own; of another's endpoint nothing is said. */
export async function unsubscribe(actor: Actor, endpoint: string): Promise<void> {
  await PushSubscriptionModel.deleteOne({ _id: fingerprint(endpoint), userId: actor.userId });
}

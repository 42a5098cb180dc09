import type { Logger } from "pino";
import { Worker } from "../../jobs/worker";
import { ForbiddenAddress, type GuardedFetch } from "../../outgoing/guarded-fetch";
import { MemberModel } from "../channels/members.model";
import { countUnread } from "./count-unread";
import { NotificationModel, type NotificationDocument } from "./notifications.model";
import { presentNotifications } from "./notifications.presenter";
import { PushModel, type PushDocument } from "./pushes.model";
import { payloadOf, sealPush, type Vapid } from "./push-message";
import { PushSubscriptionModel, type PushSubscriptionDocument } from "./push-subscriptions.model";
import { isSignedIn } from "./push-subscriptions.service";
import { timingsOf } from "./tell";

/** How long one try may take before another process may begin it again, in milliseconds. */
const lease = 60_000;
/** Milliseconds until the next try, by tries made; after the last the push is given up. */
const delays = [5, 30, 120, 600].map((seconds) => seconds * 1000);
/** What is older, in milliseconds, is no news any more: after a long standstill nobody's devices ring all at once. */
const stale = 3600_000;
/** Notices that are put into the line at once. */
const batch = 100;
/** Bytes of a push service's answer that are read: nothing is made of them. */
const answerLimit = 4096;

/** Puts the notices that are due into the line, once for each browser of their people. Doing it twice is doing it once. */
async function enqueue(): Promise<boolean> {
  const now = new Date();
  const due = await NotificationModel.find({ pushAt: { $lte: now } }, { userId: 1, seq: 1 })
    .sort({ pushAt: 1 })
    .limit(batch)
    .lean();
  if (due.length === 0) return false;
  const subscriptions = await PushSubscriptionModel.find({ userId: { $in: due.map((row) => row.userId) } }).lean();
  const pushes = due.flatMap(({ _id: notificationId, userId, seq }) =>
    subscriptions
      .filter((one) => one.userId.equals(userId))
      .map(({ _id: subscriptionId }) => ({
        _id: `${notificationId.toHexString()} ${seq} ${subscriptionId}`,
        ...{ notificationId, seq, subscriptionId, attempts: 0, dueAt: now, createdAt: now },
      })),
  );
  for (const { _id, ...push } of pushes) await PushModel.updateOne({ _id }, { $setOnInsert: push }, { upsert: true });
  await NotificationModel.bulkWrite(
    // One that has grown meanwhile is due still: as it is now it is in no line yet.
    due.map(({ _id, seq }) => ({ updateOne: { filter: { _id, seq }, update: { $set: { pushAt: null } } } })),
  );
  return true;
}

/** Whether a later state of the notice is in the line: then that is pushed. */
const isOvertaken = async ({ notificationId, subscriptionId, seq }: PushDocument): Promise<boolean> =>
  Boolean(await PushModel.exists({ notificationId, subscriptionId, seq: { $gt: seq } }));

/** The notice as it is now, if it is still news to somebody who may hear of it now. */
async function findNews(push: PushDocument): Promise<NotificationDocument | null> {
  const { notificationId } = push;
  const row = await NotificationModel.findById(notificationId).lean();
  const now = new Date();
  if (!row || row.isRead || now.getTime() - row.at.getTime() > stale || (await isOvertaken(push))) return null;
  const { userId, channelId, kind } = row;
  const member = await MemberModel.findOne({ channelId, userId }).lean();
  if (!member) return null;
  const timings = await timingsOf([{ userId, kind, muted: member.muted, level: member.level }], now);
  return timings.get(userId.toHexString())?.isLoud ? row : null;
}

async function findBrowser({ subscriptionId }: PushDocument): Promise<PushSubscriptionDocument | null> {
  const subscription = await PushSubscriptionModel.findById(subscriptionId).lean();
  if (!subscription || (await isSignedIn(subscription))) return subscription;
  await PushSubscriptionModel.deleteOne({ _id: subscriptionId, sessionId: subscription.sessionId });
  return null;
}

type Outcome = "over" | "gone" | "again";

const outcomeOf = (status: number): Outcome => {
  if (status === 404 || status === 410) return "gone";
  return status === 429 || status >= 500 ? "again" : "over";
};

async function send(push: PushDocument, vapid: Vapid, guarded: GuardedFetch, logger: Logger): Promise<Outcome> {
  const row = await findNews(push);
  const browser = await findBrowser(push);
  if (!row || !browser?.userId.equals(row.userId)) return "over";
  const [notice] = await presentNotifications([row]);
  if (!notice) return "over";
  const payload = payloadOf(notice, row.key, await countUnread(row.userId));
  // Neither what is said nor where it is sent: whoever knows an endpoint may send to it.
  const about = { push: push._id, service: new URL(browser.endpoint).host, attempt: push.attempts };
  try {
    const exchange = sealPush(browser, row, payload, vapid);
    const { status } = await guarded.fetch(browser.endpoint, { ...exchange, limit: answerLimit, isCut: true });
    if (status >= 300) logger.info({ ...about, status }, "a push service refused a message");
    return outcomeOf(status);
  } catch (error) {
    logger.info({ ...about, err: error }, "a push service could not be reached");
    return error instanceof ForbiddenAddress ? "gone" : "again";
  }
}

async function settle({ _id, attempts, dueAt, subscriptionId }: PushDocument, outcome: Outcome): Promise<void> {
  if (outcome === "gone") await PushSubscriptionModel.deleteOne({ _id: subscriptionId });
  const delay = outcome === "again" ? delays[attempts - 1] : undefined;
  await PushModel.updateOne(
    // Whose lease is over has lost it to another.
    { _id, dueAt: dueAt ?? null },
    delay === undefined ? { $unset: { dueAt: 1 } } : { $set: { dueAt: new Date(Date.now() + delay) } },
  );
}

/** Tells people's browsers of what they have not seen, each thing once a browser. */
export const pushWorker = (vapid: Vapid, guarded: GuardedFetch, logger: Logger): Worker =>
  new Worker(
    async () => {
      const now = Date.now();
      const push = await PushModel.findOneAndUpdate(
        { dueAt: { $lte: new Date(now) } },
        { $set: { dueAt: new Date(now + lease) }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: "after" },
      ).lean();
      if (!push) return enqueue();
      await settle(push, await send(push, vapid, guarded, logger));
      return true;
    },
    { name: "pushes", interval: 2000, lanes: 4 },
    logger,
  );

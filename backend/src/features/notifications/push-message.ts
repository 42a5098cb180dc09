import { permalinkPath, type Notification } from "@connectbest/contract";
import webPush from "web-push";
import type { Config } from "../../config";
import { fingerprint } from "../../crypto/one-way";
import type { Exchange } from "../../outgoing/guarded-fetch";
import { wordsOf } from "./notice-words";
import type { NotificationDocument } from "./notifications.model";
import type { PushSubscriptionDocument } from "./push-subscriptions.model";

/** Seconds that a push service keeps a message for a browser that is away. */
const keptFor = 24 * 3600;
/** Characters of a topic, by the standard. https://www.rfc-editor.org/rfc/rfc8030#section-5.4 */
const topicLength = 32;

/** By which the push services know who sends; absent: nothing is pushed. */
export type Vapid = Record<"subject" | "publicKey" | "privateKey", string>;

export type VapidConfig = Pick<Config, "VAPID_SUBJECT" | "VAPID_PUBLIC_KEY" | "VAPID_PRIVATE_KEY">;

export const vapidOf = ({ VAPID_SUBJECT, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY }: VapidConfig): Vapid | null =>
  VAPID_SUBJECT && VAPID_PUBLIC_KEY && VAPID_PRIVATE_KEY
    ? { subject: VAPID_SUBJECT, publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY }
    : null;

/** What a service worker is given: see docs/notifications.md. */
export interface PushPayload {
  id: string;
  kind: Notification["kind"];
  title: string;
  body: string;
  tag: string;
  url: string;
  count: number;
  unreadCount: number;
  at: string;
}

export const payloadOf = (notice: Notification, tag: string, unreadCount: number): PushPayload => ({
  id: notice.id,
  kind: notice.kind,
  ...wordsOf(notice),
  tag,
  url: permalinkPath({ channelId: notice.channelId, id: notice.messageId }),
  count: notice.count,
  unreadCount,
  at: notice.at,
});

/** Encrypted for one browser and signed for its push service, which reads no word of it. */
export function sealPush(
  { endpoint, keys }: Pick<PushSubscriptionDocument, "endpoint" | "keys">,
  { key, kind }: Pick<NotificationDocument, "key" | "kind">,
  payload: PushPayload,
  vapid: Vapid,
): Exchange {
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, JSON.stringify(payload), {
    vapidDetails: vapid,
    contentEncoding: "aes128gcm",
    TTL: keptFor,
    urgency: kind === "mention" || kind === "dm" ? "high" : "normal",
    // A later message about the same thing takes the place of one that waits.
    topic: fingerprint(key).slice(0, topicLength),
  });
  return {
    method: "POST",
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body,
  };
}

import * as z from "zod";
import { Notification, NotificationSettings } from "../entities/notification";
import { CursorQuery, Id, Timestamp } from "../primitives";
import { defineRoute } from "../route";

const unreadCount = z.int().min(0);

export const listNotifications = defineRoute({
  method: "get",
  path: "/notifications",
  access: "user",
  tag: "Notifications",
  summary: "What concerns me, latest first",
  query: CursorQuery.extend({ unread: z.enum(["true", "false"]).default("false") }),
  response: z.object({ notifications: z.array(Notification), unreadCount, nextCursor: z.string().nullable() }),
  status: 200,
});

export const readNotifications = defineRoute({
  method: "put",
  path: "/notifications/read",
  access: "user",
  tag: "Notifications",
  summary: "I have seen these, or everything up to a moment; without either: everything",
  body: z.object({ ids: z.array(Id).max(100, "Name at most 100 at once.").optional(), upTo: Timestamp.optional() }),
  response: z.object({ unreadCount }),
  status: 200,
});

export const notificationSettings = defineRoute({
  method: "get",
  path: "/notifications/settings",
  access: "user",
  tag: "Notifications",
  summary: "When I may be disturbed, and by what",
  response: z.object({ settings: NotificationSettings }),
  status: 200,
});

export const updateNotificationSettings = defineRoute({
  method: "put",
  path: "/notifications/settings",
  access: "user",
  tag: "Notifications",
  summary: "Change when I may be disturbed, and by what; what is left out stays",
  body: NotificationSettings.partial(),
  response: z.object({ settings: NotificationSettings }),
  status: 200,
});

const PushEndpoint = z
  .url({ protocol: /^https$/, error: "Must be an https address." })
  .max(2000, "Must be at most 2,000 characters.");

/** As a browser's `PushSubscription.toJSON()` has it; what else stands there is left out. */
const PushSubscription = z.object({
  endpoint: PushEndpoint,
  keys: z.object({
    /** A point of the curve P-256, uncompressed: 65 bytes in base64url. */
    p256dh: z.string().regex(/^B[\w-]{86}=?$/, "Must be the browser's key, in base64url."),
    /** 16 bytes in base64url. */
    auth: z.string().regex(/^[\w-]{22}(==)?$/, "Must be the browser's secret, in base64url."),
  }),
});

export const pushKey = defineRoute({
  method: "get",
  path: "/notifications/push-key",
  access: "user",
  tag: "Notifications",
  summary: "The key by which a browser subscribes to push messages (VAPID); `null`: this installation sends none",
  response: z.object({ publicKey: z.string().nullable() }),
  status: 200,
});

export const subscribePush = defineRoute({
  method: "post",
  path: "/notifications/push-subscriptions",
  access: "user",
  scope: "session",
  tag: "Notifications",
  summary: "Tell this browser too, for as long as I am signed in with this session; doing it twice is doing it once",
  body: PushSubscription,
  /** It ends with the session: subscribe again after signing in. */
  response: z.object({ expiresAt: Timestamp }),
  status: 201,
  errors: ["conflict"],
});

export const unsubscribePush = defineRoute({
  method: "delete",
  path: "/notifications/push-subscriptions",
  access: "user",
  scope: "session",
  tag: "Notifications",
  summary: "Tell this browser nothing any more",
  body: z.object({ endpoint: PushEndpoint }),
  response: null,
  status: 204,
});

/** Stands in every mail about what stays unread. */
const UnsubscribeToken = z.string().min(1, "Is missing.").max(200, "Must be at most 200 characters.");

export const unsubscribeMail = defineRoute({
  method: "post",
  path: "/notifications/unsubscribe",
  access: "public",
  tag: "Notifications",
  summary: "No more mail about what stays unread: by the token of such a mail, in the body or (RFC 8058) the address",
  query: z.object({ token: UnsubscribeToken.optional() }),
  body: z.object({ token: UnsubscribeToken.optional() }),
  response: null,
  status: 204,
});

export const openUnsubscribe = defineRoute({
  method: "get",
  path: "/notifications/unsubscribe",
  access: "public",
  tag: "Notifications",
  summary: "Leads whoever opens that address in a browser to the page that asks first; changes nothing",
  query: z.object({ token: UnsubscribeToken }),
  response: null,
  status: 302,
});

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

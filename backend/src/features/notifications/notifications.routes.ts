import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import * as notifications from "./notifications.service";
import * as settings from "./settings.service";

export function notificationsRoutes(router: Router): void {
  handle(router, routes.listNotifications, ({ actor, query }) => notifications.list(actor, query));
  handle(router, routes.readNotifications, ({ actor, body }) => notifications.read(actor, body));
  handle(router, routes.notificationSettings, ({ actor }) => settings.get(actor));
  handle(router, routes.updateNotificationSettings, ({ actor, body }) => settings.update(actor, body));
}

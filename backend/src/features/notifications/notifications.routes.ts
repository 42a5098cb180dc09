import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import { createGuardedFetch } from "../../outgoing/create-guarded-fetch";
import * as notifications from "./notifications.service";
import * as push from "./push-subscriptions.service";
import * as settings from "./settings.service";
import { pageOf, unsubscribe } from "./unsubscribe";

export function notificationsRoutes(router: Router, config: Config): void {
  const guarded = createGuardedFetch(config);
  handle(router, routes.listNotifications, ({ actor, query }) => notifications.list(actor, query));
  handle(router, routes.readNotifications, ({ actor, body }) => notifications.read(actor, body));
  handle(router, routes.notificationSettings, ({ actor }) => settings.get(actor));
  handle(router, routes.updateNotificationSettings, ({ actor, body }) => settings.update(actor, body));
  handle(router, routes.pushKey, () => push.key(config));
  handle(router, routes.subscribePush, ({ actor, body }) => push.subscribe(actor, body, config, guarded));
  handle(router, routes.unsubscribePush, ({ actor, body }) => push.unsubscribe(actor, body.endpoint));
  handle(router, routes.unsubscribeMail, ({ body, query }) => unsubscribe(body.token ?? query.token, config));
  handle(router, routes.openUnsubscribe, ({ query }) => ({
    location: pageOf(query.token, config),
    cacheControl: "no-store",
  }));
}

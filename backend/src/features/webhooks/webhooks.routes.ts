import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import { createGuardedFetch } from "../../outgoing/create-guarded-fetch";
import * as incoming from "./incoming.service";
import * as outgoing from "./outgoing.service";

export function webhooksRoutes(router: Router, config: Config): void {
  const guarded = createGuardedFetch(config);
  handle(router, routes.listIncomingWebhooks, ({ actor, params }) => incoming.list(actor, params.id));
  handle(router, routes.createIncomingWebhook, ({ actor, params, body }) =>
    incoming.create(actor, params.id, body.name, config),
  );
  handle(router, routes.removeIncomingWebhook, ({ actor, params }) => incoming.remove(actor, params.id));
  handle(router, routes.postByWebhook, ({ params, body }) => incoming.post(params.secret, body, config));
  handle(router, routes.listOutgoingWebhooks, ({ actor, params }) => outgoing.list(actor, params.id));
  handle(router, routes.createOutgoingWebhook, ({ actor, params, body }) =>
    outgoing.create(actor, params.id, body, config, guarded),
  );
  handle(router, routes.changeOutgoingWebhook, ({ actor, params, body }) =>
    outgoing.change(actor, params.id, body, guarded),
  );
  handle(router, routes.removeOutgoingWebhook, ({ actor, params }) => outgoing.remove(actor, params.id));
  handle(router, routes.listDeliveries, ({ actor, params, query }) => outgoing.deliveries(actor, params.id, query));
  handle(router, routes.redeliver, ({ actor, params }) => outgoing.redeliver(actor, params.id));
}

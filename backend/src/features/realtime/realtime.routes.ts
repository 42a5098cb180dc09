import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import * as realtime from "./realtime.service";

export function realtimeRoutes(router: Router, config: Config): void {
  handle(router, routes.createTicket, ({ actor }) => realtime.createTicket(actor, config));
  handle(router, routes.acceptConnection, ({ body }) => realtime.acceptConnection(body.ticket, config));
  handle(router, routes.listSubscriptions, ({ body }) => realtime.listSubscriptions(body));
  handle(router, routes.acceptMessage, ({ body }) => realtime.acceptMessage(body, config));
}

import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import * as messages from "./messages.service";
import * as readMarks from "./read-marks.service";

export function messagesRoutes(router: Router, config: Config): void {
  handle(router, routes.listMessages, ({ actor, params, query }) => messages.page(actor, params.id, query));
  handle(router, routes.postMessage, ({ actor, params, body }) => messages.post(actor, params.id, body, config));
  handle(router, routes.getMessage, ({ actor, params }) => messages.get(actor, params.id));
  handle(router, routes.markRead, ({ actor, params, body }) => readMarks.markRead(actor, params.id, body.seq));
}

import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import { listMine } from "../channels/channels.service";
import * as directMessages from "./direct-messages.service";

export function directMessagesRoutes(router: Router, config: Config): void {
  handle(router, routes.openDirectMessage, ({ actor, body }) => directMessages.openWith(actor, body.userIds));
  handle(router, routes.listConversations, ({ actor }) => listMine(actor, "dm"));
  handle(router, routes.listDirectMessages, ({ actor, params, query }) =>
    directMessages.page(actor, params.userId, query),
  );
  handle(router, routes.postDirectMessage, ({ actor, params, body }) =>
    directMessages.post(actor, params.userId, body, config),
  );
}

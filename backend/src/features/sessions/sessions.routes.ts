import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import * as tokens from "./access-tokens.service";
import * as sessions from "./sessions.service";

export function sessionsRoutes(router: Router): void {
  handle(router, routes.logout, ({ actor }) => sessions.logout(actor));
  handle(router, routes.listSessions, ({ actor }) => sessions.list(actor));
  handle(router, routes.revokeOtherSessions, ({ actor }) => sessions.revokeOthers(actor));
  handle(router, routes.revokeSession, ({ actor, params }) => sessions.revoke(actor, params.id, "session"));
  handle(router, routes.listTokens, ({ actor }) => tokens.list(actor));
  handle(router, routes.createToken, ({ actor, body }) => tokens.create(actor, body));
  handle(router, routes.revokeToken, ({ actor, params }) => sessions.revoke(actor, params.id, "token"));
}

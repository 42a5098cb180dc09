import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import * as sessions from "./sessions.service";

export function sessionsRoutes(router: Router, config: Config): void {
  handle(router, routes.authStatus, () => ({ providers: ["password" as const] }));
  handle(router, routes.login, ({ body, request }) => sessions.login(body, request, config));
  handle(router, routes.logout, ({ actor }) => sessions.logout(actor));
}

import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import * as accounts from "./accounts.service";
import * as credentials from "./credentials.service";

export function accountsRoutes(router: Router, config: Config): void {
  handle(router, routes.register, ({ body }) => accounts.register(body, config));
  handle(router, routes.verifyEmail, ({ body, origin }) => accounts.verifyEmail(body, origin, config));
  handle(router, routes.resendVerification, ({ body }) => accounts.resendVerification(body.email));
  handle(router, routes.forgotPassword, ({ body }) => credentials.forgotPassword(body.email));
  handle(router, routes.resetPassword, ({ body, origin }) => credentials.resetPassword(body, origin, config));
  handle(router, routes.changePassword, ({ actor, body }) => credentials.changePassword(actor, body, config));
  handle(router, routes.changeEmail, ({ actor, body }) => credentials.changeEmail(actor, body, config));
}

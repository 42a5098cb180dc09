import { routes, type Route } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle, type Handler } from "../../http/handle";
import * as accounts from "./accounts.service";
import * as credentials from "./credentials.service";
import { demandVisitorAllowance } from "./mail-allowance";

export function accountsRoutes(router: Router, config: Config): void {
  /** A route that anybody may call, and that costs a mail or a hash: so often from one place, and no more. */
  function handleStranger<R extends Route>(route: R, handler: Handler<R>): void {
    handle(router, route, async (input) => {
      await demandVisitorAllowance(input.origin.ip, config.STRANGERS_PER_HOUR);
      return handler(input);
    });
  }

  handleStranger(routes.register, ({ body }) => accounts.register(body, config));
  handleStranger(routes.resendVerification, ({ body }) => accounts.resendVerification(body.email));
  handleStranger(routes.forgotPassword, ({ body }) => credentials.forgotPassword(body.email));
  handleStranger(routes.resetPassword, ({ body, origin }) => credentials.resetPassword(body, origin, config));
  handle(router, routes.verifyEmail, ({ body, origin }) => accounts.verifyEmail(body, origin, config));
  handle(router, routes.changePassword, ({ actor, body }) => credentials.changePassword(actor, body, config));
  handle(router, routes.changeEmail, ({ actor, body }) => credentials.changeEmail(actor, body, config));
}

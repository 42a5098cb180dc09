import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import * as twoFactor from "./two-factor.service";

export function twoFactorRoutes(router: Router, config: Config): void {
  handle(router, routes.twoFactorStatus, ({ actor }) => twoFactor.status(actor));
  handle(router, routes.setUpTwoFactor, ({ actor, body }) => twoFactor.setUp(actor, body, config));
  handle(router, routes.verifyTwoFactorSetup, ({ actor, body }) => twoFactor.verifySetup(actor, body, config));
  handle(router, routes.disableTwoFactor, ({ actor, body }) => twoFactor.disable(actor, body, config));
  handle(router, routes.regenerateBackupCodes, ({ actor, body }) => twoFactor.regenerate(actor, body, config));
}

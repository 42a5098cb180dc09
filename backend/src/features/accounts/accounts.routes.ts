import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import * as accounts from "./accounts.service";

export function accountsRoutes(router: Router, config: Config): void {
  handle(router, routes.register, ({ body }) => accounts.register(body, config));
}

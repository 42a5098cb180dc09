import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import { sync } from "./sync.service";

export function syncRoutes(router: Router): void {
  handle(router, routes.sync, ({ actor, body }) => sync(actor, body.channels));
}

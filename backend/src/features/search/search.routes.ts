import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import { search } from "./search.service";

export function searchRoutes(router: Router): void {
  handle(router, routes.search, ({ actor, query }) => search(actor, query));
}

import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import * as users from "./users.service";

export function usersRoutes(router: Router): void {
  handle(router, routes.me, ({ actor }) => users.getMe(actor));
  handle(router, routes.updateMe, ({ actor, body }) => users.updateMe(actor, body));
  handle(router, routes.searchUsers, ({ query }) => users.search(query.query, query.limit));
  handle(router, routes.listUsers, ({ query }) => users.list(query));
  handle(router, routes.getUser, ({ params }) => users.get(params.id));
}

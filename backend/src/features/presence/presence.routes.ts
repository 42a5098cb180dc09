import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import { setStatus } from "../users/users.service";
import * as presence from "./presence.service";

export function presenceRoutes(router: Router): void {
  handle(router, routes.listPresence, () => presence.list());
  handle(router, routes.setStatus, async ({ actor, body }) => {
    const answer = await setStatus(actor, body);
    await presence.refreshNow(answer.user.id);
    return answer;
  });
  handle(router, routes.setTyping, ({ actor, params, body }) => presence.setTyping(actor, params.id, body));
  handle(router, routes.refreshPresence, ({ body }) => presence.refreshSoon(body.userId));
}

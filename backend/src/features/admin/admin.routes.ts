import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import * as auditLog from "./audit-log.service";
import * as people from "./people.service";
import * as settings from "./settings.service";

export function adminRoutes(router: Router): void {
  handle(router, routes.adminListUsers, ({ query }) => people.list(query));
  handle(router, routes.suspendUser, ({ actor, params, body }) => people.suspend(actor, params.id, body.reason));
  handle(router, routes.activateUser, ({ actor, params }) => people.activate(actor, params.id));
  handle(router, routes.setUserRole, ({ actor, params, body }) => people.setRole(actor, params.id, body.role));
  handle(router, routes.resetUserTwoFactor, ({ actor, params }) => people.resetTwoFactor(actor, params.id));
  handle(router, routes.deleteUser, ({ actor, params }) => people.remove(actor, params.id));
  handle(router, routes.auditLog, ({ query }) => auditLog.read(query));
  handle(router, routes.workspaceSettings, () => settings.get());
  handle(router, routes.updateWorkspaceSettings, ({ actor, body }) => settings.update(actor, body));
}

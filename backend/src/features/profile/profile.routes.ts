import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import * as avatars from "./avatars.service";
import { deleteMe } from "./delete-me";
import { exportMe } from "./export.service";

export function profileRoutes(router: Router, config: Config): void {
  handle(router, routes.setAvatar, ({ actor, file }) => avatars.set(actor, file, config));
  handle(router, routes.removeAvatar, ({ actor }) => avatars.remove(actor));
  handle(router, routes.getAvatar, ({ params }) => avatars.get(params.id));
  handle(router, routes.exportMe, ({ actor }) => exportMe(actor));
  handle(router, routes.deleteMe, ({ actor, body }) => deleteMe(actor, body, config));
}

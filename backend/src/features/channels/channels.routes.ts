import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import { listMembers } from "./channel-members";
import * as channels from "./channels.service";

export function channelsRoutes(router: Router): void {
  handle(router, routes.listChannels, ({ actor }) => channels.listMine(actor));
  handle(router, routes.browseChannels, ({ actor, query }) => channels.browse(actor, query));
  handle(router, routes.createChannel, ({ actor, body }) => channels.create(actor, body));
  handle(router, routes.getChannel, ({ actor, params }) => channels.get(actor, params.id));
  handle(router, routes.listMembers, ({ actor, params, query }) => listMembers(actor, params.id, query));
}

import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import * as channels from "./channels.service";
import * as members from "./members.service";

export function channelsRoutes(router: Router): void {
  handle(router, routes.listChannels, ({ actor }) => channels.listMine(actor));
  handle(router, routes.browseChannels, ({ actor, query }) => channels.browse(actor, query));
  handle(router, routes.createChannel, ({ actor, body }) => channels.create(actor, body));
  handle(router, routes.getChannel, ({ actor, params }) => channels.get(actor, params.id));
  handle(router, routes.joinChannel, ({ actor, params }) => members.join(actor, params.id));
  handle(router, routes.leaveChannel, ({ actor, params }) => members.leave(actor, params.id));
  handle(router, routes.listMembers, ({ actor, params, query }) => members.list(actor, params.id, query));
  handle(router, routes.addMember, ({ actor, params, body }) => members.add(actor, params.id, body));
}

import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import { archive, restore, update } from "./channel-changes.service";
import * as members from "./members.service";
import { sectionsOf, setNotifications, setPlace, setSections } from "./preferences.service";

export function channelManagementRoutes(router: Router): void {
  handle(router, routes.updateChannel, ({ actor, params, body }) => update(actor, params.id, body));
  handle(router, routes.archiveChannel, ({ actor, params }) => archive(actor, params.id));
  handle(router, routes.restoreChannel, ({ actor, params }) => restore(actor, params.id));
  handle(router, routes.joinChannel, ({ actor, params }) => members.join(actor, params.id));
  handle(router, routes.leaveChannel, ({ actor, params }) => members.leave(actor, params.id));
  handle(router, routes.addMember, ({ actor, params, body }) => members.add(actor, params.id, body));
  handle(router, routes.setMemberRole, ({ actor, params, body }) =>
    members.setRole(actor, params.id, params.userId, body.role),
  );
  handle(router, routes.removeMember, ({ actor, params }) => members.removeMember(actor, params.id, params.userId));
  handle(router, routes.setChannelNotifications, ({ actor, params, body }) => setNotifications(actor, params.id, body));
  handle(router, routes.setChannelPlace, ({ actor, params, body }) => setPlace(actor, params.id, body));
  handle(router, routes.listSections, async ({ actor }) => ({ sections: await sectionsOf(actor.userId) }));
  handle(router, routes.setSections, ({ actor, body }) => setSections(actor, body.sections));
}

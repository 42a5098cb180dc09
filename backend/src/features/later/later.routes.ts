import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import * as drafts from "./drafts.service";
import * as reminders from "./reminders.service";
import * as scheduled from "./scheduled-messages.service";

export function laterRoutes(router: Router, config: Config): void {
  handle(router, routes.listDrafts, async ({ actor }) => ({ drafts: await drafts.draftsOf(actor.userId) }));
  handle(router, routes.getDraft, ({ actor, params, query }) =>
    drafts.get(actor, params.channelId, query.parentMessageId),
  );
  handle(router, routes.saveDraft, ({ actor, params, body }) => drafts.save(actor, params.channelId, body));
  handle(router, routes.removeDraft, ({ actor, params, query }) =>
    drafts.remove(actor, params.channelId, query.parentMessageId),
  );
  handle(router, routes.listScheduledMessages, ({ actor, query }) => scheduled.list(actor, query));
  handle(router, routes.scheduleMessage, ({ actor, body }) => scheduled.schedule(actor, body));
  handle(router, routes.changeScheduledMessage, ({ actor, params, body }) => scheduled.change(actor, params.id, body));
  handle(router, routes.cancelScheduledMessage, ({ actor, params }) => scheduled.cancel(actor, params.id));
  handle(router, routes.sendScheduledMessage, ({ actor, params }) => scheduled.sendNow(actor, params.id, config));
  handle(router, routes.listReminders, ({ actor, query }) => reminders.list(actor, query));
  handle(router, routes.createReminder, ({ actor, body }) => reminders.create(actor, body));
  handle(router, routes.cancelReminder, ({ actor, params }) => reminders.cancel(actor, params.id));
}

import type { Draft, Reminder, ScheduledMessage } from "@connectbest/contract";
import type { ClientSession, Types } from "mongoose";
import type { Actor } from "../../http/actor";
import { DraftModel } from "./drafts.model";
import { draftsOf } from "./drafts.service";
import { letFilesGo } from "./let-files-go";
import { ReminderModel } from "./reminders.model";
import * as reminders from "./reminders.service";
import { ScheduledMessageModel } from "./scheduled-messages.model";
import * as scheduled from "./scheduled-messages.service";

/** Rows asked for at once. */
const page = 200;

/** An account is deleted, and with it what was begun, planned and noted for later. */
export async function forgetLater(userId: Types.ObjectId, session?: ClientSession): Promise<void> {
  const options = session ? { session } : {};
  const planned = await ScheduledMessageModel.find({ userId }, null, options).lean();
  await ScheduledMessageModel.deleteMany({ userId }, options);
  await letFilesGo(planned, session);
  await DraftModel.deleteMany({ userId }, options);
  await ReminderModel.deleteMany({ userId }, options);
}

async function all<T>(read: (cursor?: string) => Promise<{ items: T[]; nextCursor: string | null }>): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = await read(cursor);
    found.push(...items);
    if (!nextCursor) return found;
    cursor = nextCursor;
  }
}

export const exportDrafts = ({ userId }: Actor): Promise<Draft[]> => draftsOf(userId);

export const exportScheduled = (actor: Actor): Promise<ScheduledMessage[]> =>
  all(async (cursor) => {
    const { scheduledMessages, nextCursor } = await scheduled.list(actor, { limit: page, cursor });
    return { items: scheduledMessages, nextCursor };
  });

export const exportReminders = (actor: Actor): Promise<Reminder[]> =>
  all(async (cursor) => {
    const list = await reminders.list(actor, { limit: page, cursor });
    return { items: list.reminders, nextCursor: list.nextCursor };
  });

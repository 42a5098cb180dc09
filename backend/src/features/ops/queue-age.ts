import type { Model } from "mongoose";
import { OutgoingMailModel } from "../../mail/outgoing-mail.model";
import { ListeningJobModel } from "../channel-management/listening-jobs.model";
import { ReminderModel } from "../later/reminders.model";
import { ScheduledMessageModel } from "../later/scheduled-messages.model";
import { PreviewJobModel } from "../link-previews/preview-jobs.model";
import { PushModel } from "../notifications/pushes.model";
import { DeliveryModel } from "../webhooks/deliveries.model";

interface Waiting {
  dueAt?: Date;
}

/** Everything that waits to be done, each with what tells it from what is over. */
const queues: [Model<Waiting>, filter: Record<string, unknown>][] = [
  [OutgoingMailModel as unknown as Model<Waiting>, {}],
  [DeliveryModel as unknown as Model<Waiting>, { status: "waiting" }],
  [PreviewJobModel as unknown as Model<Waiting>, {}],
  [ScheduledMessageModel as unknown as Model<Waiting>, { status: "waiting" }],
  [ReminderModel as unknown as Model<Waiting>, {}],
  [PushModel as unknown as Model<Waiting>, {}],
  [ListeningJobModel as unknown as Model<Waiting>, {}],
];

/** Seconds for which the piece of work that is most overdue, in any queue, has been due; 0 when none is. */
export async function oldestOverdue(now = new Date()): Promise<number> {
  const ages = await Promise.all(
    queues.map(async ([model, filter]) => {
      const due = { ...filter, dueAt: { $lte: now } };
      const first = await model.findOne(due, { dueAt: 1 }).sort({ dueAt: 1 }).lean();
      return first?.dueAt ? (now.getTime() - first.dueAt.getTime()) / 1000 : 0;
    }),
  );
  return Math.max(...ages);
}

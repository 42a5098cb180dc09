import type { ScheduledMessage } from "@connectbest/contract";
import { presentFile } from "../files/files.presenter";
import type { ScheduledMessageDocument } from "./scheduled-messages.model";

export const presentScheduled = (scheduled: ScheduledMessageDocument): ScheduledMessage => ({
  id: scheduled._id.toHexString(),
  channelId: scheduled.channelId.toHexString(),
  parentMessageId: scheduled.parentId?.toHexString() ?? null,
  content: scheduled.content,
  attachments: scheduled.attachments.map(presentFile),
  sendAt: scheduled.sendAt.toISOString(),
  status: scheduled.status,
  failure: scheduled.failure,
  createdAt: scheduled.createdAt.toISOString(),
  updatedAt: scheduled.updatedAt.toISOString(),
});

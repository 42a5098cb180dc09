import type { ClientSession } from "mongoose";
import { unattachedFor } from "../files/attach";
import { FileModel } from "../files/files.model";
import { ScheduledMessageModel, type ScheduledMessageDocument } from "./scheduled-messages.model";

/**
 * What is not to be sent any more keeps no file for longer than any other that waits to be sent: until tomorrow, or as long as
 * another scheduled message needs it. If a process dies before this, the file only stays for the time it was promised.
 */
export async function letFilesGo(cancelled: ScheduledMessageDocument[], session?: ClientSession): Promise<void> {
  const options = session ? { session } : {};
  for (const { userId, attachments } of cancelled)
    for (const { id } of attachments) {
      const waiting = { userId, "attachments.id": id };
      const last = await ScheduledMessageModel.findOne(waiting, { sendAt: 1 }, options).sort({ sendAt: -1 }).lean();
      const until = Math.max(Date.now(), last?.sendAt.getTime() ?? 0) + unattachedFor;
      await FileModel.updateOne(
        { _id: id, ownerId: userId, status: "ready", uses: { $size: 0 } },
        { $set: { removeAt: new Date(until) } },
        options,
      );
    }
}

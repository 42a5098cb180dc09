import type { ClientSession, Types } from "mongoose";
import { unattachedFor } from "../files/attach";
import { FileModel } from "../files/files.model";
import { ScheduledMessageModel, type ScheduledMessageDocument } from "./scheduled-messages.model";

/** When the latest of somebody's scheduled messages leaves that shows each of these files, by id. */
async function lastUses(userId: Types.ObjectId, fileIds: Types.ObjectId[], session?: ClientSession) {
  const waiting = await ScheduledMessageModel.find(
    { userId, "attachments.id": { $in: fileIds } },
    { sendAt: 1, attachments: 1 },
    session ? { session } : {},
  ).lean();
  const uses = new Map<string, number>();
  for (const { sendAt, attachments } of waiting)
    for (const { id } of attachments) uses.set(String(id), Math.max(uses.get(String(id)) ?? 0, sendAt.getTime()));
  return uses;
}

/**
 * What one person will not send any more keeps no file for longer than any other that waits to be sent: until tomorrow, or as
 * long as another scheduled message needs it. If a process dies before this, the file only stays for the time it was promised.
 */
export async function letFilesGo(cancelled: ScheduledMessageDocument[], session?: ClientSession): Promise<void> {
  const [first] = cancelled;
  const ids = new Map(cancelled.flatMap(({ attachments }) => attachments.map(({ id }) => [String(id), id] as const)));
  if (!first || ids.size === 0) return;
  const { userId } = first;
  const uses = await lastUses(userId, [...ids.values()], session);
  const now = Date.now();
  await FileModel.bulkWrite(
    [...ids].map(([key, _id]) => ({
      updateOne: {
        filter: { _id, ownerId: userId, status: "ready", uses: { $size: 0 } },
        update: { $set: { removeAt: new Date(Math.max(now, uses.get(key) ?? 0) + unattachedFor) } },
      },
    })),
    session ? { session } : {},
  );
}

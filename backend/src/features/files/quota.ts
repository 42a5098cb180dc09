import mongoose, { Schema, type ClientSession } from "mongoose";
import { ApiError } from "../../http/errors";

interface UsageDocument {
  _id: string;
  /** What all files take, their thumbnails included: the sum of their `storedBytes`, changed only together with them. */
  bytes: number;
}

const UsageModel = mongoose.model<UsageDocument>(
  "FileUsage",
  new Schema<UsageDocument>({ _id: { type: String, required: true }, bytes: { type: Number, required: true } }),
  "fileUsage",
);

const workspace = "workspace";

const used = (megabytes: number) =>
  new ApiError(
    "too_large",
    `The ${megabytes.toLocaleString("en")} MB that this workspace has for files are used up. Delete messages whose files nobody needs, or ask whoever runs the server for more room.`,
  );

/** Before a file is read: whether there can be room for it. @throws too_large */
export async function demandRoom(bytes: number, megabytes: number): Promise<void> {
  const usage = await UsageModel.findById(workspace).lean();
  if ((usage?.bytes ?? 0) + bytes > megabytes * 1024 * 1024) throw used(megabytes);
}

/** Takes room in the transaction that adds the file: of two that would both just fit one is refused. @throws too_large */
export async function takeRoom(bytes: number, megabytes: number, session: ClientSession): Promise<void> {
  const most = megabytes * 1024 * 1024;
  if (bytes > most) throw used(megabytes);
  const { matchedCount } = await UsageModel.updateOne(
    { _id: workspace, bytes: { $lte: most - bytes } },
    { $inc: { bytes } },
    { session },
  );
  if (matchedCount > 0) return;
  if (await UsageModel.findById(workspace).session(session)) throw used(megabytes);
  await UsageModel.create([{ _id: workspace, bytes }], { session });
}

/** Gives room back in the transaction that removes the file. */
export const giveRoomBack = async (bytes: number, session: ClientSession): Promise<void> =>
  void (await UsageModel.updateOne({ _id: workspace }, { $inc: { bytes: -bytes } }, { session }));

/** What all files take now, in bytes. */
export const roomTaken = async (): Promise<number> => (await UsageModel.findById(workspace).lean())?.bytes ?? 0;

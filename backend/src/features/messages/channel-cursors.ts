import type { Types } from "mongoose";
import { isDuplicateKey } from "../../db/transaction";
import { ChannelCursorModel, type ChannelCursorDocument } from "./channel-cursors.model";

/** How long one process may work on a channel, in milliseconds, before another begins again. */
const lease = 30_000;
/** Milliseconds of rest after a first failure, and at most; each is followed by one twice as long. */
const firstRest = 500;
const longestRest = 60_000;

/** @returns null when another process has it, or it rests after a failure */
export async function take(id: Types.ObjectId): Promise<ChannelCursorDocument | null> {
  const now = Date.now();
  try {
    return await ChannelCursorModel.findOneAndUpdate(
      { _id: id, leasedUntil: { $lte: new Date(now) } },
      { $set: { leasedUntil: new Date(now + lease) }, $setOnInsert: { rev: 0, since: 0, failures: 0 } },
      { upsert: true, returnDocument: "after" },
    ).lean();
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

const held = ({ _id, leasedUntil }: ChannelCursorDocument) => ({ _id, leasedUntil });

/** Goes on from a revision in the midst of what there is. @returns whether the lease still holds */
export async function extend(cursor: ChannelCursorDocument, rev: number): Promise<boolean> {
  const leasedUntil = new Date(Date.now() + lease);
  const { matchedCount } = await ChannelCursorModel.updateOne(held(cursor), {
    $set: { rev, leasedUntil, failures: 0 },
  });
  Object.assign(cursor, { rev, leasedUntil, failures: 0 });
  return matchedCount > 0;
}

/** All is done up to a revision. */
export async function release(cursor: ChannelCursorDocument, rev: number): Promise<void> {
  await ChannelCursorModel.updateOne(held(cursor), {
    $set: { rev, since: rev, leasedUntil: new Date(0), failures: 0 },
  });
}

/** Leaves it for another try, later each time. */
export async function postpone(cursor: ChannelCursorDocument): Promise<void> {
  const rest = Math.min(firstRest * 2 ** cursor.failures, longestRest);
  await ChannelCursorModel.updateOne(held(cursor), {
    $set: { leasedUntil: new Date(Date.now() + rest) },
    $inc: { failures: 1 },
  });
}

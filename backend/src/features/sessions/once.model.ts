import mongoose, { Schema } from "mongoose";
import { isDuplicateKey } from "../../db/transaction";

interface UsedDocument {
  _id: string;
  expiresAt: Date;
}

const schema = new Schema<UsedDocument>({
  _id: { type: String, required: true },
  expiresAt: { type: Date, required: true },
});
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** What may be used once and has been, until it would have expired anyway: the unique `_id` decides who was first. */
const UsedModel = mongoose.model<UsedDocument>("Used", schema, "usedOnce");

/** @returns whether this is the first use. @param lifetime of the thing in seconds; kept twice as long, for clocks differ */
export async function useOnce(id: string, lifetime: number): Promise<boolean> {
  try {
    await UsedModel.create({ _id: id, expiresAt: new Date(Date.now() + 2 * lifetime * 1000) });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

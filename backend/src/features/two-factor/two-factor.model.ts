import mongoose, { Schema, type Types } from "mongoose";

export interface TwoFactorDocument {
  /** The user's id. */
  _id: Types.ObjectId;
  /** The seed of the authenticator app, sealed. */
  seed: string;
  /** `null` until the first code proved that the app has it. */
  enabledAt: Date | null;
  /** The 30-second step of the last code that was taken: it and all before it are used up. */
  lastStep: number;
  /** Fingerprints of those not used yet. */
  backupCodes: string[];
}

const schema = new Schema<TwoFactorDocument>({
  _id: { type: Schema.ObjectId, required: true },
  seed: { type: String, required: true },
  enabledAt: { type: Date, default: null },
  lastStep: { type: Number, default: 0 },
  backupCodes: { type: [String], default: [] },
});

export const TwoFactorModel = mongoose.model<TwoFactorDocument>("TwoFactor", schema, "twoFactor");

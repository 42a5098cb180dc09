import mongoose, { Schema, type Types } from "mongoose";

/** An account that somebody asked for and nobody has confirmed. One an address: the latest counts. */
export interface RegistrationDocument {
  _id: Types.ObjectId;
  email: string;
  name: string;
  phone: string | null;
  passwordHash: string;
  /** Fingerprint of the mailed link's secret; `null` while the mail waits. */
  linkHash: string | null;
  linkExpiresAt: Date | null;
  createdAt: Date;
  /** When it is forgotten. */
  expiresAt: Date;
}

const schema = new Schema<RegistrationDocument>({
  email: { type: String, required: true },
  name: { type: String, required: true },
  phone: { type: String, default: null },
  passwordHash: { type: String, required: true },
  linkHash: { type: String, default: null },
  linkExpiresAt: { type: Date, default: null },
  createdAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
});
schema.index({ email: 1 }, { unique: true });
schema.index({ linkHash: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const RegistrationModel = mongoose.model<RegistrationDocument>("Registration", schema, "registrations");

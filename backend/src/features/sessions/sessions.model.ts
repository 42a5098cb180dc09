import type { AuthProvider, TokenScope } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

/** A way in that is open now: a sign-in, or a personal access token. A bearer is good exactly as long as its row is here. */
export interface SessionDocument {
  _id: Types.ObjectId;
  kind: "session" | "token";
  userId: Types.ObjectId;
  createdAt: Date;
  expiresAt: Date;
  /** Written at most once a minute; for a token nobody has used yet, `null`. */
  lastSeenAt: Date | null;
  /** The address of that last call. */
  ip: string | null;
  userAgent: string | null;
  /** Sessions only. */
  method?: AuthProvider;
  /** Tokens only: what it may be used for, what its owner calls it, and the fingerprint of its secret. */
  scopes?: TokenScope[];
  name?: string;
  secretHash?: string;
}

const schema = new Schema<SessionDocument>({
  kind: { type: String, enum: ["session", "token"], required: true },
  userId: { type: Schema.ObjectId, required: true },
  createdAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
  lastSeenAt: { type: Date, default: null },
  ip: { type: String, default: null },
  userAgent: { type: String, default: null },
  method: String,
  // Not an empty list for those that have none: absent means "all that the person may do".
  scopes: { type: [String], default: undefined },
  name: String,
  secretHash: String,
});
schema.index({ userId: 1 });
schema.index({ secretHash: 1 }, { unique: true, sparse: true });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const SessionModel = mongoose.model<SessionDocument>("Session", schema, "sessions");

import type { AuditKind } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

export interface AuditDocument {
  _id: Types.ObjectId;
  at: Date;
  kind: AuditKind;
  outcome: "success" | "failure";
  actorId: Types.ObjectId | null;
  actorName: string | null;
  target: string | null;
  ip: string | null;
  note: string | null;
}

const schema = new Schema<AuditDocument>({
  at: { type: Date, required: true },
  kind: { type: String, required: true },
  outcome: { type: String, enum: ["success", "failure"], required: true },
  actorId: { type: Schema.ObjectId, default: null },
  actorName: { type: String, default: null },
  target: { type: String, default: null },
  ip: { type: String, default: null },
  note: { type: String, default: null },
});
// Ids grow with time: the log is read backwards by them.
schema.index({ kind: 1, _id: -1 });
schema.index({ actorId: 1, _id: -1 });
schema.index({ target: 1 });
// Kept for thirteen months: a year can be compared with the one before.
schema.index({ at: 1 }, { expireAfterSeconds: 400 * 24 * 3600 });

export const AuditModel = mongoose.model<AuditDocument>("Audit", schema, "auditLog");

import type { NotificationSettings } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

export interface NotificationSettingsDocument {
  /** The person's id. */
  _id: Types.ObjectId;
  doNotDisturb: NotificationSettings["doNotDisturb"];
  pausedUntil: Date | null;
  keywords: string[];
  /** `keywords.length > 0`, to find by. */
  hasKeywords: boolean;
  mail: NotificationSettings["mail"];
}

const schema = new Schema<NotificationSettingsDocument>({
  _id: { type: Schema.ObjectId, required: true },
  doNotDisturb: new Schema({ isOn: Boolean, from: String, to: String }, { _id: false }),
  pausedUntil: { type: Date, default: null },
  keywords: { type: [String], default: [] },
  hasKeywords: { type: Boolean, default: false },
  mail: new Schema({ isOn: Boolean, afterMinutes: Number }, { _id: false }),
});
schema.index({ hasKeywords: 1 });

export const NotificationSettingsModel = mongoose.model<NotificationSettingsDocument>(
  "NotificationSettings",
  schema,
  "notificationSettings",
);

/** How it is for whoever has changed nothing. */
export const initialSettings = (userId: Types.ObjectId): NotificationSettingsDocument => ({
  _id: userId,
  doNotDisturb: { isOn: false, from: "22:00", to: "07:00" },
  pausedUntil: null,
  keywords: [],
  hasKeywords: false,
  mail: { isOn: true, afterMinutes: 15 },
});

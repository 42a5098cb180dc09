import type { Preferences, UserStatus } from "@connectbest/contract";
import mongoose, { Schema, type Types } from "mongoose";

/** A person with a confirmed address: whoever only asked for an account is not here yet (see `registrations`). */
export interface UserDocument {
  _id: Types.ObjectId;
  name: string;
  /** `name` folded for ordering. */
  sortName: string;
  username: string;
  email: string;
  /** `null`: signs in with Google alone. */
  passwordHash: string | null;
  /** Google's own id of them, once they have signed in so. */
  googleId?: string;
  phone: string | null;
  avatarUrl: string | null;
  role: "admin" | "user";
  status: UserStatus;
  statusMessage: string | null;
  /** When both fall back; the past counts as fallen back. */
  statusExpiresAt: Date | null;
  preferences: Preferences;
  /** A new address that waits for its link. */
  pendingEmail: string | null;
  twoFactorEnabled: boolean;
  /** Raised by whatever ends sessions for all: a sign-in that began before must not open one after. */
  accessRev: number;
  suspendedAt: Date | null;
  suspendedReason: string | null;
  /** Deleted accounts stay as a name without a person, for what they wrote. */
  deletedAt: Date | null;
  /** Folded name, words of the name, username and address: what a search may start with. */
  searchTerms: string[];
  createdAt: Date;
}

export const initialPreferences: Preferences = {
  notifications: "all",
  soundEnabled: true,
  timezone: "UTC",
  theme: "system",
  language: "system",
  density: "comfortable",
  timeFormat: "system",
  enterKey: "send",
  skinTone: 0,
  tourDone: false,
};

const preferences = new Schema<Preferences>(
  {
    notifications: String,
    soundEnabled: Boolean,
    timezone: String,
    theme: String,
    language: String,
    density: String,
    timeFormat: String,
    enterKey: String,
    skinTone: Number,
    tourDone: Boolean,
  },
  { _id: false },
);

const schema = new Schema<UserDocument>({
  name: { type: String, required: true },
  sortName: { type: String, required: true },
  username: { type: String, required: true },
  email: { type: String, required: true },
  passwordHash: { type: String, default: null, select: false },
  googleId: { type: String, select: false },
  phone: { type: String, default: null },
  avatarUrl: { type: String, default: null },
  role: { type: String, enum: ["admin", "user"], required: true },
  status: { type: String, required: true },
  statusMessage: { type: String, default: null },
  statusExpiresAt: { type: Date, default: null },
  preferences: { type: preferences, required: true },
  pendingEmail: { type: String, default: null },
  twoFactorEnabled: { type: Boolean, default: false },
  accessRev: { type: Number, default: 0 },
  suspendedAt: { type: Date, default: null },
  suspendedReason: { type: String, default: null },
  deletedAt: { type: Date, default: null },
  searchTerms: { type: [String], required: true },
  createdAt: { type: Date, required: true },
});
schema.index({ email: 1 }, { unique: true });
schema.index({ username: 1 }, { unique: true });
schema.index({ googleId: 1 }, { unique: true, sparse: true });
schema.index({ sortName: 1, _id: 1 });
schema.index({ searchTerms: 1 });
// Few people: the administrators are counted before one of them goes.
schema.index({ role: 1 });

export const UserModel = mongoose.model<UserDocument>("User", schema, "users");

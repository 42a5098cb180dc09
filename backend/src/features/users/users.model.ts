import mongoose, { Schema, type Types } from "mongoose";

export interface UserDocument {
  _id: Types.ObjectId;
  name: string;
  /** `name` folded for ordering. */
  sortName: string;
  username: string;
  email: string;
  passwordHash: string;
  phone: string | null;
  avatarUrl: string | null;
  role: "admin" | "user";
  /** Folded name, words of the name, username and address: what a search may start with. */
  searchTerms: string[];
  createdAt: Date;
}

const schema = new Schema<UserDocument>({
  name: { type: String, required: true },
  sortName: { type: String, required: true },
  username: { type: String, required: true },
  email: { type: String, required: true },
  passwordHash: { type: String, required: true, select: false },
  phone: { type: String, default: null },
  avatarUrl: { type: String, default: null },
  role: { type: String, enum: ["admin", "user"], required: true },
  searchTerms: { type: [String], required: true },
  createdAt: { type: Date, required: true },
});
schema.index({ email: 1 }, { unique: true });
schema.index({ username: 1 }, { unique: true });
schema.index({ sortName: 1, _id: 1 });
schema.index({ searchTerms: 1 });

export const UserModel = mongoose.model<UserDocument>("User", schema, "users");

interface WorkspaceDocument {
  _id: string;
  ownerId: Types.ObjectId;
}

/** One document, `_id: "workspace"`: whoever inserts it is the first account, and so the administrator. */
export const WorkspaceModel = mongoose.model<WorkspaceDocument>(
  "Workspace",
  new Schema<WorkspaceDocument>({
    _id: { type: String, required: true },
    ownerId: { type: Schema.ObjectId, required: true },
  }),
  "workspace",
);

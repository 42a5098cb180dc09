import mongoose, { Schema, type Types } from "mongoose";

/** How one person groups their channels. */
export interface SidebarDocument {
  /** The person's id. */
  _id: Types.ObjectId;
  sections: { id: Types.ObjectId; name: string }[];
}

const schema = new Schema<SidebarDocument>({
  _id: { type: Schema.ObjectId, required: true },
  sections: { type: [new Schema({ id: Schema.ObjectId, name: String }, { _id: false, id: false })], required: true },
});

export const SidebarModel = mongoose.model<SidebarDocument>("Sidebar", schema, "sidebars");

import mongoose, { Schema } from "mongoose";

interface BurntTicketDocument {
  /** The ticket's `jti`. */
  _id: string;
  expiresAt: Date;
}

const schema = new Schema<BurntTicketDocument>({
  _id: { type: String, required: true },
  expiresAt: { type: Date, required: true },
});
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Tickets that have been used, until they would have expired anyway: the unique `_id` makes a ticket single-use. */
export const BurntTicketModel = mongoose.model<BurntTicketDocument>("BurntTicket", schema, "burntTickets");

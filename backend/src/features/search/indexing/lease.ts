import mongoose, { Schema } from "mongoose";
import { isDuplicateKey } from "../../../db/transaction";
import { driverCollection } from "../driver-collection";

interface LeaseDocument {
  _id: string;
  holder: string;
  until: Date;
}

const schema = new Schema<LeaseDocument>({ _id: String, holder: String, until: Date });
const LeaseModel = mongoose.model<LeaseDocument>("SearchLease", schema, "searchLeases");
const leases = () => driverCollection(LeaseModel);

/** Lets one process at a time do a piece of work; one that dies keeps it for as long as `duration`, in milliseconds. */
export class Lease {
  #renewAt = 0;

  constructor(
    readonly name: string,
    readonly holder: string,
    readonly duration: number,
  ) {}

  /** Takes or prolongs it. @returns false when another process has it */
  async take(): Promise<boolean> {
    const now = Date.now();
    if (now < this.#renewAt) return true;
    const mine = { $or: [{ until: { $lte: new Date(now) } }, { holder: this.holder }] };
    const until = new Date(now + this.duration);
    try {
      await leases().updateOne({ _id: this.name, ...mine }, { $set: { holder: this.holder, until } }, { upsert: true });
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
    this.#renewAt = now + this.duration / 3;
    return true;
  }

  async giveBack(): Promise<void> {
    this.#renewAt = 0;
    const past = new Date(0);
    await leases().updateOne({ _id: this.name, holder: this.holder }, { $set: { until: past } });
  }
}

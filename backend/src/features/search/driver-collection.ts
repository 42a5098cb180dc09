import type mongoose from "mongoose";

/** The driver's own collection of a model, with its types: the index is bytes and ids, of which Mongoose would cast and copy each. */
export const driverCollection = <T extends object>(model: mongoose.Model<T>): mongoose.mongo.Collection<T> =>
  model.collection as unknown as mongoose.mongo.Collection<T>;

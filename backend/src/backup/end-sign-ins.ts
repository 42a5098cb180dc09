import type mongoose from "mongoose";

/**
 * Ends the sign-ins and mailed links of the backup's time: what was ended since, because somebody had stolen it or had left, would be
 * good again. Tokens stay, for programs cannot sign in anew. @returns how many of those there are
 */
export async function endSignIns(db: mongoose.mongo.Db): Promise<{ tokens: number }> {
  await db.collection("sessions").deleteMany({ kind: { $ne: "token" } });
  await db.collection("mailedLinks").deleteMany({});
  return { tokens: await db.collection("sessions").countDocuments() };
}

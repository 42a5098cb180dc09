import type { ClientSession, Types } from "mongoose";

/**
 * Removes what one feature keeps for a person alone. It may be asked again for the same one.
 * @param session of the transaction that removes everything else of theirs; absent when it is looked whether anything came after
 */
export type Forget = (userId: Types.ObjectId, session?: ClientSession) => Promise<void>;

const steps = new Set<Forget>();

/** Features to the right of this one on the ladder keep personal things too: they are named where the app is composed. */
export const onAccountDeleted = (forget: Forget): void => void steps.add(forget);

/** One after the other: a transaction takes one command at a time. */
export async function forgetEverywhere(userId: Types.ObjectId, session?: ClientSession): Promise<void> {
  for (const forget of steps) await forget(userId, session);
}

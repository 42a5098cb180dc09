import type { Types } from "mongoose";
import type { Config } from "../../config";
import { isSealedBefore, seal, unseal } from "../../crypto/sealed-box";
import { SharedLimit } from "../../db/shared-limit";
import { ApiError, rateLimited } from "../../http/errors";
import { record } from "../audit/audit.service";
import { backupFingerprint, stepOf } from "./codes";
import { TwoFactorModel, type TwoFactorDocument } from "./two-factor.model";

type Keys = Pick<Config, "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS">;

/** Wrong codes of one account, whatever they were for. */
const wrongCodes = new SharedLimit("two-factor", 5, 15 * 60);

export const sealContext = (userId: Types.ObjectId): string => `two-factor ${userId.toHexString()}`;

/** Takes a code of the app, once: it and all older ones are used up with it. */
async function takeAppCode(code: string, state: TwoFactorDocument, keys: Keys): Promise<boolean> {
  const context = sealContext(state._id);
  const seed = unseal(state.seed, context, keys);
  const step = stepOf(code, seed);
  if (step === undefined) return false;
  // After a change of keys each seed moves to the present one with its next use.
  const moved = isSealedBefore(state.seed, keys) ? { seed: seal(seed, context, keys) } : {};
  const { modifiedCount } = await TwoFactorModel.updateOne(
    { _id: state._id, lastStep: { $lt: step } },
    { $set: { lastStep: step, ...moved } },
  );
  return modifiedCount === 1;
}

async function takeBackupCode(code: string, state: TwoFactorDocument, keys: Keys): Promise<boolean> {
  const secrets = [keys.ENCRYPTION_KEY, keys.ENCRYPTION_KEY_PREVIOUS].filter((key) => key !== undefined);
  const kept = secrets.map((key) => backupFingerprint(code, state._id.toHexString(), key));
  const { modifiedCount } = await TwoFactorModel.updateOne(
    { _id: state._id, backupCodes: { $in: kept } },
    { $pull: { backupCodes: { $in: kept } } },
  );
  return modifiedCount === 1;
}

interface Attempt {
  code: string;
  user: { _id: Types.ObjectId; name: string };
  ip: string | null;
}

/**
 * Takes a code, of the app or (unless told otherwise) from the backup list; each is good once.
 * @throws invalid_two_factor_code, and rate_limited from the sixth wrong one in a quarter of an hour
 */
export async function takeCode(
  { code, user, ip }: Attempt,
  state: TwoFactorDocument,
  keys: Keys,
  { appOnly = false } = {},
): Promise<void> {
  const key = user._id.toHexString();
  // Counted before it is tried, so that many at once are not each the first.
  const count = await wrongCodes.use(key);
  const actor = { userId: user._id, name: user.name };
  if (count.isOver) {
    await record({ kind: "two_factor_failed", outcome: "failure", actor, ip, note: "throttled" });
    throw rateLimited("Too many wrong codes. Wait a quarter of an hour, then use a fresh code.", count.seconds);
  }
  if ((await takeAppCode(code, state, keys)) || (!appOnly && (await takeBackupCode(code, state, keys))))
    return wrongCodes.forget(key);
  await record({ kind: "two_factor_failed", outcome: "failure", actor, ip });
  const message = "This code is not right, or was used before. Wait for the next one and enter that.";
  throw new ApiError("invalid_two_factor_code", message, [{ path: "body.code", message }]);
}

/** The second half of every sign-in. @throws two_factor_required without a code, and as `takeCode` */
export async function demandCode(
  user: { _id: Types.ObjectId; name: string; twoFactorEnabled: boolean },
  code: string | undefined,
  ip: string | null,
  keys: Keys,
): Promise<void> {
  if (!user.twoFactorEnabled) return;
  const state = await TwoFactorModel.findById(user._id).lean();
  if (!state?.enabledAt) throw new Error("Two-factor sign-in is on, but its state is missing.");
  if (code === undefined)
    throw new ApiError("two_factor_required", "Enter the code that your authenticator app shows, or a backup code.");
  await takeCode({ code, user, ip }, state, keys);
}

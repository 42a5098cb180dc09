import { toDataURL } from "qrcode";
import type { Config } from "../../config";
import { seal } from "../../crypto/sealed-box";
import { inTransaction, isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { ApiError, conflict } from "../../http/errors";
import { enqueueMail } from "../../mail/outbox";
import { record } from "../audit/audit.service";
import { confirmIdentity } from "../sessions/confirm-identity";
import { endSessions } from "../sessions/sessions.service";
import { changeAccess, changeUser, findUser } from "../users/users.service";
import { workspaceRules } from "../users/workspace";
import { backupFingerprint, newBackupCodes, newSeed, otpauthUrl } from "./codes";
import { sealContext, takeCode } from "./demand-code";
import { TwoFactorModel } from "./two-factor.model";
import { canDisable, canSetUp, canVerifySetup } from "./two-factor.policy";

type Needs = Pick<Config, "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS" | "BCRYPT_COST">;

const stateOf = (actor: Actor) => TwoFactorModel.findById(actor.userId).lean();

const fingerprintsOf = (codes: string[], actor: Actor, config: Needs): string[] =>
  codes.map((code) => backupFingerprint(code, actor.userId.toHexString(), config.ENCRYPTION_KEY));

const alreadyEnabled = () => conflict("Two-factor sign-in is set up already. Disable it first to use another app.");

const notEnabled = () => conflict("Two-factor sign-in is not set up for this account.");

export async function status(actor: Actor) {
  const state = await stateOf(actor);
  return {
    enabled: Boolean(state?.enabledAt),
    required: (await workspaceRules()).requireTwoFactor,
    backupCodesLeft: state?.enabledAt ? state.backupCodes.length : 0,
  };
}

/** Begins, or begins anew: an earlier seed that no code has proved is forgotten. */
export async function setUp(actor: Actor, { password }: { password?: string | undefined }, config: Needs) {
  await confirmIdentity(actor, password, "body.password", config);
  const state = await stateOf(actor);
  if (!canSetUp({ enabled: Boolean(state?.enabledAt) })) throw alreadyEnabled();
  const { email } = await findUser(actor.userId);
  const secret = newSeed();
  const url = otpauthUrl(secret, email);
  await TwoFactorModel.updateOne(
    { _id: actor.userId, enabledAt: null },
    { $set: { seed: seal(secret, sealContext(actor.userId), config), lastStep: 0, backupCodes: [] } },
    { upsert: true },
  ).catch((error: unknown) => {
    throw isDuplicateKey(error) ? alreadyEnabled() : error;
  });
  return { secret, otpauthUrl: url, qrCode: await toDataURL(url, { margin: 2, scale: 6 }) };
}

/** From here on every way in asks for a code; what came in without one is out. */
export async function verifySetup(actor: Actor, { code }: { code: string }, config: Needs) {
  const state = await stateOf(actor);
  if (!state || !canVerifySetup({ begun: true, enabled: Boolean(state.enabledAt) }))
    throw state ? alreadyEnabled() : conflict("Begin the set-up first.");
  await takeCode({ code, user: { _id: actor.userId, name: actor.name }, ip: actor.ip }, state, config, {
    appOnly: true,
  });
  const backupCodes = newBackupCodes();
  await inTransaction(async (session) => {
    const { modifiedCount } = await TwoFactorModel.updateOne(
      // The very seed that the code has proved, and no later one.
      { _id: actor.userId, seed: state.seed, enabledAt: null },
      { $set: { enabledAt: new Date(), backupCodes: fingerprintsOf(backupCodes, actor, config) } },
      { session },
    );
    if (modifiedCount === 0) throw conflict("The set-up was begun anew meanwhile. Scan the newest code.");
    await changeAccess(actor.userId, { twoFactorEnabled: true }, session);
    await tellOwner(actor, "on", session);
  });
  await endSessions(actor.userId, { except: actor.sessionId, tokens: "stay" });
  await record({ kind: "two_factor_enabled", actor, ip: actor.ip });
  return { backupCodes };
}

async function tellOwner(actor: Actor, note: "on" | "off", session: Parameters<typeof enqueueMail>[1]): Promise<void> {
  const { email } = await findUser(actor.userId);
  await enqueueMail({ kind: "two_factor_changed", to: email, userId: actor.userId, note }, session);
}

export async function disable(
  actor: Actor,
  { password, code }: { password?: string | undefined; code?: string | undefined },
  config: Needs,
): Promise<void> {
  await confirmIdentity(actor, password, "body.password", config);
  const state = await stateOf(actor);
  if (!state?.enabledAt) throw notEnabled();
  if (!canDisable({ enabled: true }, await workspaceRules()))
    throw conflict("This workspace asks everybody for two-factor sign-in: it cannot be disabled.");
  if (code === undefined)
    throw new ApiError(
      "invalid_two_factor_code",
      "Enter the code that your authenticator app shows, or a backup code.",
    );
  await takeCode({ code, user: { _id: actor.userId, name: actor.name }, ip: actor.ip }, state, config);
  await inTransaction(async (session) => {
    await TwoFactorModel.deleteOne({ _id: actor.userId }, { session });
    await changeUser(actor.userId, { twoFactorEnabled: false }, session);
    await tellOwner(actor, "off", session);
  });
  await record({ kind: "two_factor_disabled", actor, ip: actor.ip });
}

export async function regenerate(actor: Actor, { code }: { code: string }, config: Needs) {
  const state = await stateOf(actor);
  if (!state?.enabledAt) throw notEnabled();
  await takeCode({ code, user: { _id: actor.userId, name: actor.name }, ip: actor.ip }, state, config);
  const backupCodes = newBackupCodes();
  await TwoFactorModel.updateOne(
    { _id: actor.userId },
    { $set: { backupCodes: fingerprintsOf(backupCodes, actor, config) } },
  );
  await record({ kind: "two_factor_enabled", actor, ip: actor.ip, note: "new backup codes" });
  return { backupCodes };
}

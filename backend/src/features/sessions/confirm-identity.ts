import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { forbidden, notFound } from "../../http/errors";
import { UserModel } from "../users/users.model";
import { verifyPassword } from "./passwords";
import { confirmationFor } from "./sessions.policy";
import { beginConfirmation, confirmationSucceeded } from "./throttles";

/**
 * Before what could lock somebody out of their account: the password, or without one a sign-in of the last ten minutes.
 * @param path of the field that holds the password. @throws forbidden, rate_limited
 */
export async function confirmIdentity(
  actor: Actor,
  password: string | undefined,
  path: string,
  config: Pick<Config, "BCRYPT_COST">,
): Promise<void> {
  const user = await UserModel.findById(actor.userId).select("+passwordHash").lean();
  if (!user) throw notFound("This person");
  const how = confirmationFor({ hasPassword: Boolean(user.passwordHash) }, actor);
  if (how === "none") return;
  if (how === "sign_in_again")
    throw forbidden("Sign out and in again first: this needs a sign-in of the last ten minutes.");
  if (!password) {
    const message = "Enter your current password.";
    throw forbidden(message, [{ path, message }]);
  }
  const key = actor.userId.toHexString();
  await beginConfirmation(key);
  if (!(await verifyPassword(password, user.passwordHash, config.BCRYPT_COST))) {
    const message = "This is not your current password.";
    throw forbidden(message, [{ path, message }]);
  }
  await confirmationSucceeded(key);
}

import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { anonymise } from "../accounts/delete-account";
import { record } from "../audit/audit.service";
import { findUser } from "../users/users.service";
import { confirmIdentity } from "../sessions/confirm-identity";

/** @throws forbidden without the password, conflict for the last administrator */
export async function deleteMe(
  actor: Actor,
  { password }: { password?: string | undefined },
  config: Pick<Config, "BCRYPT_COST">,
): Promise<void> {
  // A repeat of what failed half-way: there is no password any more to ask for.
  const { deletedAt } = await findUser(actor.userId);
  if (!deletedAt) await confirmIdentity(actor, password, "body.password", config);
  await anonymise(actor.userId);
  const { name } = await findUser(actor.userId);
  const { userId, ip } = actor;
  await record({ kind: "account_deleted", actor: { userId, name }, target: userId.toHexString(), ip });
}

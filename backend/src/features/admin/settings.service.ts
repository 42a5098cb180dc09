import type { Actor } from "../../http/actor";
import { conflict } from "../../http/errors";
import { record } from "../audit/audit.service";
import { endSessions } from "../sessions/sessions.service";
import { UserModel } from "../users/users.model";
import { findFullUser } from "../users/users.service";
import { changeRules, workspaceRules, type WorkspaceRules } from "../users/workspace";
import { canRequireTwoFactor } from "./admin.policy";

export const get = async (): Promise<{ settings: WorkspaceRules }> => ({ settings: await workspaceRules() });

/** Who has no second factor signs in again, and sets it up: until then their sockets hear nothing, their tokens open nothing. */
async function endAccessWithoutSecondFactor(): Promise<void> {
  const people = UserModel.find({ twoFactorEnabled: false, deletedAt: null }, { _id: 1 }).lean().cursor();
  for await (const { _id } of people) await endSessions(_id, { tokens: "reconnect" });
}

export async function update(
  actor: Actor,
  { requireTwoFactor }: { requireTwoFactor?: boolean | undefined },
): Promise<{ settings: WorkspaceRules }> {
  if (requireTwoFactor === undefined) return get();
  if (requireTwoFactor && !canRequireTwoFactor(await findFullUser(actor.userId)))
    throw conflict("Set up two-factor sign-in for yourself first: you would be locked out with everybody else.");
  const settings = await changeRules({ requireTwoFactor });
  if (requireTwoFactor) await endAccessWithoutSecondFactor();
  await record({ kind: "settings_changed", actor, ip: actor.ip, note: `requireTwoFactor ${requireTwoFactor}` });
  return { settings };
}

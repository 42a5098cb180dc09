import type { AdminUser, WorkspaceRole } from "@connectbest/contract";
import { Types, type QueryFilter } from "mongoose";
import { inTransaction } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { decodeCursor, encodeCursor } from "../../http/cursor";
import { conflict, notFound } from "../../http/errors";
import { enqueueMail } from "../../mail/outbox";
import { anonymise, demandOtherAdministrator } from "../accounts/delete-account";
import { record } from "../audit/audit.service";
import { endSessions } from "../sessions/sessions.service";
import { TwoFactorModel } from "../two-factor/two-factor.model";
import { startsWith } from "../users/search-terms";
import { UserModel, type UserDocument } from "../users/users.model";
import { presentAdminUser, type FullUser } from "../users/users.presenter";
import { afterName, changeAccess, changeUser, findFullUser } from "../users/users.service";
import { canDelete, canResetTwoFactor, canSuspend } from "./admin.policy";

interface ListQuery {
  limit: number;
  cursor?: string | undefined;
  search?: string | undefined;
  status?: "active" | "suspended" | undefined;
}

export async function list({ limit, cursor, search, status }: ListQuery) {
  const filter: QueryFilter<UserDocument> = {
    deletedAt: null,
    ...afterName(decodeCursor(cursor)),
    ...(search && { searchTerms: startsWith(search) }),
    ...(status && { suspendedAt: status === "active" ? null : { $ne: null } }),
  };
  const users = await UserModel.find(filter)
    .select("+passwordHash +googleId")
    .sort({ sortName: 1, _id: 1 })
    .limit(limit + 1)
    .lean();
  const shown = users.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    users.length > shown.length && last ? encodeCursor({ key: last.sortName, id: last._id.toHexString() }) : null;
  return { users: shown.map(presentAdminUser), nextCursor };
}

/** @throws not_found for whoever is deleted too */
async function findTarget(actor: Actor, id: string): Promise<FullUser & { isMe: boolean }> {
  const user = await findFullUser(id);
  if (user.deletedAt) throw notFound("This person");
  return { ...user, isMe: user._id.equals(actor.userId) };
}

const present = (user: FullUser): { user: AdminUser } => ({ user: presentAdminUser(user) });

export async function suspend(actor: Actor, id: string, reason: string): Promise<{ user: AdminUser }> {
  const target = await findTarget(actor, id);
  if (!canSuspend(target)) throw conflict("You cannot suspend yourself: ask another administrator.");
  await inTransaction(async (session) => {
    await demandOtherAdministrator(target, session);
    const change = { suspendedAt: target.suspendedAt ?? new Date(), suspendedReason: reason };
    await changeAccess(target._id, change, session);
  });
  await endSessions(target._id, { tokens: "reconnect" });
  await record({ kind: "member_suspended", actor, target: id, ip: actor.ip, note: reason });
  return present(await findFullUser(id));
}

export async function activate(actor: Actor, id: string): Promise<{ user: AdminUser }> {
  const target = await findTarget(actor, id);
  const user = await changeUser(target._id, { suspendedAt: null, suspendedReason: null });
  await record({ kind: "member_activated", actor, target: id, ip: actor.ip });
  return present(user);
}

export async function setRole(actor: Actor, id: string, role: WorkspaceRole): Promise<{ user: AdminUser }> {
  const target = await findTarget(actor, id);
  if (target.role === role) return present(target);
  await inTransaction(async (session) => {
    if (role === "user") await demandOtherAdministrator(target, session);
    await UserModel.updateOne({ _id: target._id }, { $set: { role } }, { session });
  });
  await record({ kind: "role_changed", actor, target: id, ip: actor.ip, note: `${target.role} to ${role}` });
  return present(await findFullUser(id));
}

/** Their sessions end too: who asks for this has lost a device. */
export async function resetTwoFactor(actor: Actor, id: string): Promise<{ user: AdminUser }> {
  const target = await findTarget(actor, id);
  if (!canResetTwoFactor(target))
    throw conflict("Disable your own two-factor sign-in in your settings, with your password and a code.");
  if (!target.twoFactorEnabled) return present(target);
  await inTransaction(async (session) => {
    await TwoFactorModel.deleteOne({ _id: target._id }, { session });
    await changeAccess(target._id, { twoFactorEnabled: false }, session);
    await enqueueMail({ kind: "two_factor_changed", to: target.email, userId: target._id, note: "off" }, session);
  });
  await endSessions(target._id, { tokens: "reconnect" });
  await record({ kind: "two_factor_disabled", actor, target: id, ip: actor.ip, note: "by an administrator" });
  return present(await findFullUser(id));
}

export async function remove(actor: Actor, id: string): Promise<void> {
  const user = await UserModel.findById(id).lean();
  if (!user) return;
  if (!canDelete({ role: user.role, isMe: user._id.equals(actor.userId) }))
    throw conflict("Delete your own account in your settings.");
  await anonymise(new Types.ObjectId(id));
  if (!user.deletedAt) await record({ kind: "account_deleted", actor, target: id, ip: actor.ip });
}

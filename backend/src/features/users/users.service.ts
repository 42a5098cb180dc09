import { randomInt } from "node:crypto";
import type { Me, User } from "@connectbest/contract";
import mongoose, { Types, type QueryFilter } from "mongoose";
import { inTransaction, isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { decodeCursor, encodeCursor } from "../../http/cursor";
import { notFound } from "../../http/errors";
import { fold, searchTermsOf, startsWith } from "./search-terms";
import { UserModel, WorkspaceModel, type UserDocument } from "./users.model";
import { presentMe, presentUser, type VisibleUser } from "./users.presenter";

/** @throws not_found */
export async function findUser(id: Types.ObjectId | string): Promise<VisibleUser> {
  const user = await UserModel.findById(id).lean();
  if (!user) throw notFound("This person");
  return user;
}

/** In no particular order; unknown ids are left out. */
export const loadUsers = async (ids: readonly (Types.ObjectId | string)[]): Promise<VisibleUser[]> =>
  ids.length > 0 ? UserModel.find({ _id: { $in: ids } }).lean() : [];

export async function get(id: string): Promise<{ user: User }> {
  return { user: presentUser(await findUser(id)) };
}

export async function getMe(actor: Actor): Promise<{ user: Me }> {
  return { user: presentMe(await findUser(actor.userId)) };
}

export async function list(page: { limit: number; cursor?: string | undefined }) {
  const after = decodeCursor(page.cursor);
  const filter: QueryFilter<UserDocument> = after
    ? {
        sortName: { $gte: after.key },
        $or: [{ sortName: { $gt: after.key } }, { _id: { $gt: new Types.ObjectId(after.id) } }],
      }
    : {};
  const users = await UserModel.find(filter)
    .sort({ sortName: 1, _id: 1 })
    .limit(page.limit + 1)
    .lean();
  const shown = users.slice(0, page.limit);
  const last = shown.at(-1);
  const nextCursor =
    users.length > shown.length && last ? encodeCursor({ key: last.sortName, id: last._id.toHexString() }) : null;
  return { users: shown.map(presentUser), nextCursor };
}

export async function search(query: string, limit: number): Promise<{ users: User[] }> {
  const users = await UserModel.find({ searchTerms: startsWith(query) })
    .limit(limit)
    .lean();
  return { users: users.sort((a, b) => (a.sortName < b.sortName ? -1 : 1)).map(presentUser) };
}

export async function updateMe(actor: Actor, change: { name?: string; phone?: string | null }): Promise<{ user: Me }> {
  const user = await findUser(actor.userId);
  const name = change.name ?? user.name;
  const updated = await UserModel.findByIdAndUpdate(
    actor.userId,
    {
      $set: {
        name,
        sortName: fold(name),
        searchTerms: searchTermsOf({ ...user, name }),
        ...(change.phone !== undefined && { phone: change.phone }),
      },
    },
    { returnDocument: "after" },
  ).lean();
  if (!updated) throw notFound("This person");
  return { user: presentMe(updated) };
}

/** `ada.lovelace` for "Ada Lovelace"; scripts without Latin letters fall back on the address. */
function usernameFor(name: string, email: string): string {
  const latin = (text: string) =>
    fold(text)
      .replace(/[^a-z0-9]+/g, ".")
      .replace(/^\.+|\.+$/g, "")
      .slice(0, 30);
  const fromName = latin(name);
  return fromName.length >= 2 ? fromName : latin(email.split("@")[0] ?? "") || "member";
}

interface NewUser {
  email: string;
  name: string;
  phone?: string | undefined;
  passwordHash: string;
}

const isTaken = (error: unknown, field: string): boolean =>
  isDuplicateKey(error) &&
  error instanceof mongoose.mongo.MongoServerError &&
  Object.keys((error["keyPattern"] as object | undefined) ?? {})[0] === field;

/**
 * Whoever is first owns the workspace: the insert of one well-known document decides, however many arrive at once, and
 * stands or falls with the account itself. @returns false when somebody owns it already
 */
async function insertOwner(user: UserDocument): Promise<boolean> {
  if (await WorkspaceModel.exists({ _id: "workspace" })) return false;
  try {
    await inTransaction(async (session) => {
      await WorkspaceModel.create([{ _id: "workspace", ownerId: user._id }], { session });
      await UserModel.create([{ ...user, role: "admin" }], { session });
    });
    return true;
  } catch (error) {
    if (isTaken(error, "_id")) return false;
    throw error;
  }
}

/** @returns the new user, or `null` when the address is taken. */
export async function createUser({ email, name, phone, passwordHash }: NewUser): Promise<VisibleUser | null> {
  if (await UserModel.exists({ email })) return null;
  const base = usernameFor(name, email);
  for (let username = base; ; username = `${base}${randomInt(10, 1_000_000)}`) {
    const user: UserDocument = {
      _id: new Types.ObjectId(),
      email,
      name,
      username,
      phone: phone || null,
      avatarUrl: null,
      role: "user",
      sortName: fold(name),
      searchTerms: searchTermsOf({ name, username, email }),
      createdAt: new Date(),
      passwordHash,
    };
    try {
      if (await insertOwner(user)) return { ...user, role: "admin" };
      await UserModel.create(user);
      return user;
    } catch (error) {
      if (isTaken(error, "email")) return null;
      if (!isTaken(error, "username")) throw error;
    }
  }
}

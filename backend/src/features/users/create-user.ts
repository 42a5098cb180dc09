import { randomInt } from "node:crypto";
import mongoose, { Types } from "mongoose";
import { inTransaction, isDuplicateKey } from "../../db/transaction";
import { fold, searchTermsOf } from "./search-terms";
import { initialPreferences, UserModel, type UserDocument } from "./users.model";
import type { FullUser } from "./users.presenter";
import { WorkspaceModel } from "./workspace";

/** What a message calls instead of a person: nobody may be called so. */
const reserved = new Set(["all", "channel", "everyone", "here"]);

/** `ada.lovelace` for "Ada Lovelace"; scripts without Latin letters fall back on the address. */
function usernameFor(name: string, email: string): string {
  const latin = (text: string) =>
    fold(text)
      .replace(/[^a-z0-9]+/g, ".")
      .replace(/^\.+|\.+$/g, "")
      .slice(0, 30);
  const fromName = latin(name);
  const username = fromName.length >= 2 ? fromName : latin(email.split("@")[0] ?? "") || "member";
  return reserved.has(username) ? `${username}.member` : username;
}

interface NewUser {
  email: string;
  name: string;
  phone?: string | null | undefined;
  passwordHash: string | null;
  googleId?: string;
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

/** The account of a confirmed address. @returns the new user, or `null` when the address is taken. */
export async function createUser({ email, name, phone, passwordHash, googleId }: NewUser): Promise<FullUser | null> {
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
      status: "online",
      statusMessage: null,
      statusExpiresAt: null,
      preferences: initialPreferences,
      pendingEmail: null,
      twoFactorEnabled: false,
      accessRev: 0,
      suspendedAt: null,
      suspendedReason: null,
      deletedAt: null,
      sortName: fold(name),
      searchTerms: searchTermsOf({ name, username, email }),
      createdAt: new Date(),
      passwordHash,
      ...(googleId && { googleId }),
    };
    try {
      if (await insertOwner(user)) return { ...user, role: "admin" };
      await UserModel.create(user);
      return user;
    } catch (error) {
      if (isTaken(error, "email") || isTaken(error, "googleId")) return null;
      if (!isTaken(error, "username")) throw error;
    }
  }
}

import type { Me, Preferences, User, UserStatus } from "@connectbest/contract";
import { Types, type ClientSession, type QueryFilter } from "mongoose";
import type { Actor } from "../../http/actor";
import { decodeCursor, encodeCursor, type Position } from "../../http/cursor";
import { invalidRequest, notFound } from "../../http/errors";
import { publishUser } from "./publish-user";
import { fold, searchTermsOf, startsWith } from "./search-terms";
import { UserModel, type UserDocument } from "./users.model";
import { presentMe, presentUser, type FullUser, type VisibleUser } from "./users.presenter";

/** Somebody who is or was here. @throws not_found */
export async function findUser(id: Types.ObjectId | string): Promise<VisibleUser> {
  const user = await UserModel.findById(id).lean();
  if (!user) throw notFound("This person");
  return user;
}

/** Somebody who can still be spoken to. @throws not_found */
export async function findPresentUser(id: Types.ObjectId | string): Promise<VisibleUser> {
  const user = await findUser(id);
  if (user.deletedAt) throw notFound("This person");
  return user;
}

/** With what they sign in by: for presenting them to themselves or to administrators. @throws not_found */
export async function findFullUser(id: Types.ObjectId | string): Promise<FullUser> {
  const user = await UserModel.findById(id).select("+passwordHash +googleId").lean();
  if (!user) throw notFound("This person");
  return user;
}

type Change = Partial<UserDocument> | Record<string, unknown>;

async function update(
  id: Types.ObjectId,
  change: { $set: Change; $inc?: object },
  session?: ClientSession,
): Promise<FullUser> {
  const updated = await UserModel.findByIdAndUpdate(id, change, { returnDocument: "after", session: session ?? null })
    .select("+passwordHash +googleId")
    .lean();
  if (!updated) throw notFound("This person");
  return updated;
}

/** Changes one person. @throws not_found */
export const changeUser = (id: Types.ObjectId, change: Change, session?: ClientSession): Promise<FullUser> =>
  update(id, { $set: change }, session);

/** The same for a change after which sessions that were opened before it must not go on, nor any that is being opened. */
export const changeAccess = (id: Types.ObjectId, change: Change, session?: ClientSession): Promise<FullUser> =>
  update(id, { $set: change, $inc: { accessRev: 1 } }, session);

/** In no particular order; unknown ids are left out. */
export const loadUsers = async (ids: readonly (Types.ObjectId | string)[]): Promise<VisibleUser[]> =>
  ids.length > 0 ? UserModel.find({ _id: { $in: ids } }).lean() : [];

export async function get(id: string): Promise<{ user: User }> {
  return { user: presentUser(await findUser(id)) };
}

export async function getMe(actor: Actor): Promise<{ user: Me }> {
  return { user: presentMe(await findFullUser(actor.userId)) };
}

/** Those who come later by name. */
export const afterName = (after: Position | undefined): QueryFilter<UserDocument> =>
  after
    ? {
        sortName: { $gte: after.key },
        $or: [{ sortName: { $gt: after.key } }, { _id: { $gt: new Types.ObjectId(after.id) } }],
      }
    : {};

export async function list(page: { limit: number; cursor?: string | undefined }) {
  const after = decodeCursor(page.cursor);
  const filter: QueryFilter<UserDocument> = { deletedAt: null, ...afterName(after) };
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
  const users = await UserModel.find({ searchTerms: startsWith(query), deletedAt: null })
    .limit(limit)
    .lean();
  return { users: users.sort((a, b) => (a.sortName < b.sortName ? -1 : 1)).map(presentUser) };
}

interface ProfileChange {
  name?: string | undefined;
  phone?: string | null | undefined;
  preferences?: Partial<Preferences> | undefined;
}

export async function updateMe(actor: Actor, { name, phone, preferences }: ProfileChange): Promise<{ user: Me }> {
  const user = await findUser(actor.userId);
  const settings = Object.entries(preferences ?? {}).map(([key, value]) => [`preferences.${key}`, value] as const);
  const updated = await changeUser(actor.userId, {
    ...(name !== undefined && { name, sortName: fold(name), searchTerms: searchTermsOf({ ...user, name }) }),
    ...(phone !== undefined && { phone: phone || null }),
    ...Object.fromEntries(settings),
  });
  if (name !== undefined && name !== user.name) publishUser(updated);
  return { user: presentMe(updated) };
}

/** The furthest that a status may reach, in milliseconds. */
const year = 366 * 24 * 3600 * 1000;

interface StatusChange {
  status: UserStatus;
  statusMessage?: string | null | undefined;
  expiresAt?: string | null | undefined;
}

export async function setStatus(
  actor: Actor,
  { status, statusMessage, expiresAt }: StatusChange,
): Promise<{ user: Me }> {
  const until = expiresAt ? new Date(expiresAt) : null;
  if (until && (until.getTime() <= Date.now() || until.getTime() > Date.now() + year))
    throw invalidRequest("Choose a time between now and a year ahead.", [
      { path: "body.expiresAt", message: "Must be between now and a year ahead." },
    ]);
  const updated = await changeUser(actor.userId, {
    status,
    statusMessage: statusMessage || null,
    statusExpiresAt: until,
  });
  return { user: presentMe(updated) };
}

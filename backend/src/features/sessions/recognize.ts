import type { Claims } from "@connectbest/websocket";
import { Types } from "mongoose";
import { fingerprint } from "../../crypto/one-way";
import type { Actor } from "../../http/actor";
import { ApiError } from "../../http/errors";
import { UserModel, type UserDocument } from "../users/users.model";
import { workspaceRules } from "../users/workspace";
import { SessionModel, type SessionDocument } from "./sessions.model";

type Person = Pick<UserDocument, "_id" | "name" | "avatarUrl" | "role" | "suspendedAt" | "twoFactorEnabled">;

/** How exact "last seen" is, in milliseconds: a write before every call would be dearer than most calls. */
const seenPrecision = 60_000;

/** So that anybody who finds one knows what it is, and secret scanners too. */
export const accessTokenPrefix = "cbp_";

export const suspended = (): ApiError =>
  new ApiError("account_suspended", "This account is suspended. Ask an administrator of your workspace.");

/** Asked before every call, so of the driver itself: building and casting a Mongoose query costs as much as the answer. */
const findPerson = (_id: Types.ObjectId): Promise<Person | null> =>
  UserModel.collection.findOne<Person>(
    { _id },
    { projection: { name: 1, avatarUrl: 1, role: 1, suspendedAt: 1, twoFactorEnabled: 1 } },
  );

function noteSeen(session: SessionDocument, ip: string | null): void {
  const now = Date.now();
  if (session.lastSeenAt && now - session.lastSeenAt.getTime() < seenPrecision && (ip === null || ip === session.ip))
    return;
  const seen = { lastSeenAt: new Date(now), ...(ip !== null && { ip }) };
  // Nobody waits for it, and a database that is away will be noticed elsewhere.
  SessionModel.collection.updateOne({ _id: session._id }, { $set: seen }).catch(() => undefined);
}

/** @throws account_suspended for a good bearer of somebody who is kept out */
async function actorOf(session: SessionDocument, person: Person | null, ip: string | null): Promise<Actor | undefined> {
  if (!person || !session.userId.equals(person._id) || session.expiresAt.getTime() <= Date.now()) return undefined;
  if (person.suspendedAt) throw suspended();
  noteSeen(session, ip);
  const { requireTwoFactor } = await workspaceRules();
  return {
    userId: person._id,
    sessionId: session._id,
    name: person.name,
    avatarUrl: person.avatarUrl,
    role: person.role,
    scopes: session.scopes ?? null,
    mustSetUpTwoFactor: requireTwoFactor && !person.twoFactorEnabled,
    signedInAt: session.createdAt,
    ip,
  };
}

/** Who these claims stand for now, or `undefined` when the session or the account is gone. @throws account_suspended */
export async function findActor({ sub, sid }: Claims, ip: string | null = null): Promise<Actor | undefined> {
  const [session, person] = await Promise.all([
    SessionModel.collection.findOne<SessionDocument>({ _id: new Types.ObjectId(sid) }),
    findPerson(new Types.ObjectId(sub)),
  ]);
  return session ? actorOf(session, person, ip) : undefined;
}

/** The same by a personal access token. @throws account_suspended */
export async function findActorByToken(secret: string, ip: string | null): Promise<Actor | undefined> {
  const session = await SessionModel.collection.findOne<SessionDocument>({ secretHash: fingerprint(secret) });
  return session ? actorOf(session, await findPerson(session.userId), ip) : undefined;
}

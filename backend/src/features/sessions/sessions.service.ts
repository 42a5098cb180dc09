import type { Me } from "@connectbest/contract";
import type { Claims } from "@connectbest/websocket";
import { Types } from "mongoose";
import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { invalidCredentials } from "../../http/errors";
import * as realtime from "../../realtime/publish";
import { UserModel, type UserDocument } from "../users/users.model";
import { presentMe } from "../users/users.presenter";
import { verifyPassword } from "./passwords";
import { SessionModel, type SessionDocument } from "./sessions.model";
import { bearerLifetime, issueBearer } from "./tokens";

interface Origin {
  ip: string | undefined;
  userAgent: string | undefined;
}

export async function login(
  credentials: { email: string; password: string },
  from: Origin,
  config: Pick<Config, "JWT_SECRET" | "BCRYPT_COST">,
): Promise<{ user: Me; token: string; expiresAt: string }> {
  const user = await UserModel.findOne({ email: credentials.email }).select("+passwordHash").lean();
  const isRight = await verifyPassword(credentials.password, user?.passwordHash, config.BCRYPT_COST);
  if (!user || !isRight) throw invalidCredentials();
  const now = Date.now();
  const session = {
    _id: new Types.ObjectId(),
    userId: user._id,
    createdAt: new Date(now),
    expiresAt: new Date(now + bearerLifetime * 1000),
    ip: from.ip ?? null,
    userAgent: from.userAgent?.slice(0, 300) ?? null,
  };
  await SessionModel.create(session);
  const token = issueBearer({ sub: user._id.toHexString(), sid: session._id.toHexString() }, config.JWT_SECRET);
  return { user: presentMe(user), token, expiresAt: session.expiresAt.toISOString() };
}

/** The bearer ends with its next call; its sockets are told and closed. */
export async function logout(actor: Actor): Promise<void> {
  await SessionModel.deleteOne({ _id: actor.sessionId });
  await realtime.endSession(actor.userId.toHexString(), actor.sessionId.toHexString());
}

/**
 * Who these claims stand for now, or `undefined` when the session or the account is gone. Runs before every call, so it
 * asks the driver itself: building and casting a Mongoose query costs as much again as the answer.
 */
export async function findActor({ sub, sid }: Claims): Promise<Actor | undefined> {
  const [session, user] = await Promise.all([
    SessionModel.collection.findOne<SessionDocument>({ _id: new Types.ObjectId(sid) }),
    UserModel.collection.findOne<Pick<UserDocument, "_id" | "name" | "avatarUrl" | "role">>(
      { _id: new Types.ObjectId(sub) },
      { projection: { name: 1, avatarUrl: 1, role: 1 } },
    ),
  ]);
  if (!session || !user || session.userId.toHexString() !== sub || session.expiresAt.getTime() <= Date.now())
    return undefined;
  return { userId: user._id, sessionId: session._id, name: user.name, avatarUrl: user.avatarUrl, role: user.role };
}

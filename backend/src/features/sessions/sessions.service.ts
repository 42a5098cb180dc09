import type { AuthProvider, Session } from "@connectbest/contract";
import { Types } from "mongoose";
import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { notFound } from "../../http/errors";
import type { Origin } from "../../http/handle";
import * as realtime from "../../realtime/publish";
import { record } from "../audit/audit.service";
import { SessionModel, type SessionDocument } from "./sessions.model";
import { presentSession } from "./sessions.presenter";
import { bearerLifetime, issueBearer } from "./tokens";

/** Opens a session: its bearer is all that a client needs. */
export async function openSession(
  userId: Types.ObjectId,
  origin: Origin,
  method: AuthProvider,
  config: Pick<Config, "JWT_SECRET">,
): Promise<{ token: string; expiresAt: string }> {
  const now = Date.now();
  const session: SessionDocument = {
    _id: new Types.ObjectId(),
    kind: "session",
    userId,
    createdAt: new Date(now),
    expiresAt: new Date(now + bearerLifetime * 1000),
    lastSeenAt: new Date(now),
    ip: origin.ip,
    userAgent: origin.userAgent?.slice(0, 300) ?? null,
    method,
  };
  await SessionModel.create(session);
  const token = issueBearer({ sub: userId.toHexString(), sid: session._id.toHexString() }, config.JWT_SECRET);
  return { token, expiresAt: session.expiresAt.toISOString() };
}

/** The bearer ends with its next call; its sockets are told and closed. */
async function end(userId: Types.ObjectId, sessionId: Types.ObjectId): Promise<void> {
  await SessionModel.deleteOne({ _id: sessionId });
  await realtime.endSession(userId.toHexString(), sessionId.toHexString());
}

export async function logout(actor: Actor): Promise<void> {
  await end(actor.userId, actor.sessionId);
  await record({ kind: "sign_out", actor, ip: actor.ip });
}

/** Ends a person's sessions, but perhaps one. */
export async function endSessions(userId: Types.ObjectId, except?: Types.ObjectId): Promise<void> {
  const sessions = await SessionModel.find({ userId }, { _id: 1, kind: 1 }).lean();
  const ending = sessions.filter(({ _id, kind }) => kind === "session" && !(except && _id.equals(except)));
  await SessionModel.deleteMany({ _id: { $in: ending.map(({ _id }) => _id) } });
  await Promise.all(ending.map(({ _id }) => realtime.endSession(userId.toHexString(), _id.toHexString())));
}

/** Ends everything that a person is signed in by; `keepTokens`: personal access tokens rest, and only their sockets close. */
export async function endAllAccess(userId: Types.ObjectId, { keepTokens = false } = {}): Promise<void> {
  await endSessions(userId);
  const tokens = await SessionModel.find({ userId }, { _id: 1 }).lean();
  if (!keepTokens) await SessionModel.deleteMany({ userId });
  await Promise.all(tokens.map(({ _id }) => realtime.endSession(userId.toHexString(), _id.toHexString())));
}

export async function list(actor: Actor): Promise<{ sessions: Session[] }> {
  const rows = await SessionModel.find({ userId: actor.userId }).lean();
  const sessions = rows.filter(({ kind, expiresAt }) => kind === "session" && expiresAt.getTime() > Date.now());
  return {
    sessions: sessions
      .map((session) => presentSession(session, actor))
      .sort((a, b) => (a.lastSeenAt < b.lastSeenAt ? 1 : -1)),
  };
}

/** One's own of a kind, and nobody else's. @throws not_found for another's */
export async function revoke(actor: Actor, id: string, kind: SessionDocument["kind"]): Promise<void> {
  const session = await SessionModel.findById(id).lean();
  if (!session) return;
  if (!session.userId.equals(actor.userId) || session.kind !== kind)
    throw notFound(kind === "token" ? "This token" : "This session");
  await end(actor.userId, session._id);
  await record({
    kind: kind === "token" ? "token_revoked" : "session_revoked",
    actor,
    target: session.name ?? id,
    ip: actor.ip,
  });
}

export async function revokeOthers(actor: Actor): Promise<void> {
  await endSessions(actor.userId, actor.sessionId);
  await record({ kind: "session_revoked", actor, target: "all others", ip: actor.ip });
}

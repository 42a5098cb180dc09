import type { AuthProvider, Session } from "@connectbest/contract";
import { Types, type ClientSession } from "mongoose";
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
): Promise<{ sessionId: Types.ObjectId; token: string; expiresAt: string }> {
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
  return { sessionId: session._id, token, expiresAt: session.expiresAt.toISOString() };
}

/** The bearer ends with its next call; its sockets are told and closed. */
export async function endSession(userId: Types.ObjectId, sessionId: Types.ObjectId): Promise<void> {
  await SessionModel.deleteOne({ _id: sessionId });
  await realtime.endSession(userId.toHexString(), sessionId.toHexString());
}

export async function logout(actor: Actor): Promise<void> {
  await endSession(actor.userId, actor.sessionId);
  await record({ kind: "sign_out", actor, ip: actor.ip });
}

/** What is to be ended of a person's. */
interface Ending {
  /** The session that stays. */
  except?: Types.ObjectId | undefined;
  /** What becomes of personal access tokens: left alone, asked for a new socket only, or ended too. */
  tokens: "stay" | "reconnect" | "end";
}

/**
 * Ends bearers; their sockets close when `closeSockets` is called with what this answers (after the transaction, if there is one).
 */
export async function endBearers(
  userId: Types.ObjectId,
  { except, tokens }: Ending,
  session?: ClientSession,
): Promise<Types.ObjectId[]> {
  const rows = await SessionModel.find({ userId }, { _id: 1, kind: 1 })
    .session(session ?? null)
    .lean();
  const touched = rows.filter(({ _id, kind }) =>
    kind === "token" ? tokens !== "stay" : !(except && _id.equals(except)),
  );
  const ending = touched.filter(({ kind }) => kind === "session" || tokens === "end");
  await SessionModel.deleteMany({ _id: { $in: ending.map(({ _id }) => _id) } }).session(session ?? null);
  return touched.map(({ _id }) => _id);
}

export async function closeSockets(userId: Types.ObjectId, sessionIds: Types.ObjectId[]): Promise<void> {
  await Promise.all(sessionIds.map((id) => realtime.endSession(userId.toHexString(), id.toHexString())));
}

export const endSessions = async (userId: Types.ObjectId, ending: Ending): Promise<void> =>
  closeSockets(userId, await endBearers(userId, ending));

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
  await endSession(actor.userId, session._id);
  await record({
    kind: kind === "token" ? "token_revoked" : "session_revoked",
    actor,
    target: session.name ?? id,
    ip: actor.ip,
  });
}

export async function revokeOthers(actor: Actor): Promise<void> {
  await endSessions(actor.userId, { except: actor.sessionId, tokens: "stay" });
  await record({ kind: "session_revoked", actor, target: "all others", ip: actor.ip });
}

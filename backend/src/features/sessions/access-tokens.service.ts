import type { AccessToken, TokenScope } from "@connectbest/contract";
import { Types } from "mongoose";
import { fingerprint, randomSecret } from "../../crypto/one-way";
import type { Actor } from "../../http/actor";
import { conflict, forbidden } from "../../http/errors";
import { enqueueMail } from "../../mail/outbox";
import { record } from "../audit/audit.service";
import { findUser } from "../users/users.service";
import { accessTokenPrefix } from "./recognize";
import { SessionModel, type SessionDocument } from "./sessions.model";
import { presentToken } from "./sessions.presenter";
import { canGrantScope } from "./sessions.policy";

const day = 24 * 3600 * 1000;
/** More than anybody keeps an eye on. */
const mostTokens = 50;

const tokensOf = async (actor: Actor): Promise<SessionDocument[]> => {
  const rows = await SessionModel.find({ userId: actor.userId }).lean();
  return rows.filter(({ kind, expiresAt }) => kind === "token" && expiresAt.getTime() > Date.now());
};

export async function list(actor: Actor): Promise<{ tokens: AccessToken[] }> {
  const tokens = await tokensOf(actor);
  return { tokens: tokens.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).map(presentToken) };
}

/** The secret is answered here and never again: what is kept is its fingerprint. */
export async function create(
  actor: Actor,
  { name, scopes, expiresInDays }: { name: string; scopes: TokenScope[]; expiresInDays: number },
): Promise<{ token: AccessToken; secret: string }> {
  if (!scopes.every((scope) => canGrantScope(actor, scope)))
    throw forbidden("Only administrators of the workspace can make a token with the scope `admin`.");
  if ((await tokensOf(actor)).length >= mostTokens)
    throw conflict(`You have ${mostTokens} tokens already. Revoke one that you no longer need first.`);
  const secret = accessTokenPrefix + randomSecret();
  const now = Date.now();
  const token: SessionDocument = {
    _id: new Types.ObjectId(),
    kind: "token",
    userId: actor.userId,
    createdAt: new Date(now),
    expiresAt: new Date(now + expiresInDays * day),
    lastSeenAt: null,
    ip: null,
    userAgent: null,
    name,
    scopes,
    secretHash: fingerprint(secret),
  };
  await SessionModel.create(token);
  const { email } = await findUser(actor.userId);
  await enqueueMail({ kind: "token_created", to: email, userId: actor.userId, note: name });
  await record({ kind: "token_created", actor, target: name, ip: actor.ip, note: scopes.join(" ") });
  return { token: presentToken(token), secret };
}

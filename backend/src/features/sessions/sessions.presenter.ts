import type { AccessToken, Session } from "@connectbest/contract";
import Bowser from "bowser";
import type { Actor } from "../../http/actor";
import type { SessionDocument } from "./sessions.model";

/** "Chrome on Windows"; for programs the name that they give themselves. */
function deviceOf(userAgent: string | null): string {
  if (!userAgent) return "Unknown device";
  const { browser, os } = Bowser.parse(userAgent);
  if (browser.name && os.name) return `${browser.name} on ${os.name}`;
  return browser.name || /^[\w.-]{2,40}/.exec(userAgent)?.[0] || "Unknown device";
}

export const presentSession = (session: SessionDocument, actor: Actor): Session => ({
  id: session._id.toHexString(),
  device: deviceOf(session.userAgent),
  ip: session.ip,
  method: session.method ?? "password",
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: (session.lastSeenAt ?? session.createdAt).toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  isCurrent: session._id.equals(actor.sessionId),
});

export const presentToken = (token: SessionDocument): AccessToken => ({
  id: token._id.toHexString(),
  name: token.name ?? "",
  scopes: token.scopes ?? [],
  createdAt: token.createdAt.toISOString(),
  expiresAt: token.expiresAt.toISOString(),
  lastUsedAt: token.lastSeenAt?.toISOString() ?? null,
  lastUsedIp: token.ip,
});

import type { Message } from "@connectbest/contract";
import { readTicket } from "@connectbest/websocket";
import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { forbidden, unauthenticated } from "../../http/errors";
import { MemberModel } from "../channels/members.model";
import * as messages from "../messages/messages.service";
import { useOnce } from "../sessions/once.model";
import { findActor } from "../sessions/recognize";
import { issueTicket, ticketLifetime } from "../sessions/tokens";

export function createTicket(actor: Actor, config: Pick<Config, "JWT_SECRET" | "REALTIME_URL">) {
  const claims = { sub: actor.userId.toHexString(), sid: actor.sessionId.toHexString() };
  return { url: config.REALTIME_URL, ticket: issueTicket(claims, config.JWT_SECRET), expiresIn: 60 as const };
}

/** Burns a ticket and answers whose connection it opens and which channels that one hears. */
export async function acceptConnection(ticket: string, config: Pick<Config, "JWT_SECRET" | "JWT_SECRET_PREVIOUS">) {
  const claims = readTicket(ticket, config);
  if (!claims) throw unauthenticated("This ticket is not valid. Ask for a new one.");
  if (!(await useOnce(`ticket ${claims.jti}`, ticketLifetime)))
    throw unauthenticated("This ticket has been used. Ask for a new one.");
  const actor = await requireActor({ userId: claims.sub, sessionId: claims.sid });
  return {
    userId: claims.sub,
    userName: actor.name,
    sessionId: claims.sid,
    channelIds: await channelIdsOf(actor),
  };
}

async function channelIdsOf(actor: Actor): Promise<string[]> {
  const members = await MemberModel.find({ userId: actor.userId }, { channelId: 1 }).lean();
  return members.map((member) => member.channelId.toHexString());
}

async function requireActor(claims: { userId: string; sessionId: string }): Promise<Actor> {
  const actor = await findActor({ sub: claims.userId, sid: claims.sessionId });
  if (!actor) throw unauthenticated("This session has ended. Sign in again.");
  if (actor.mustSetUpTwoFactor) throw forbidden("Set up two-factor sign-in first.");
  return actor;
}

/** The channels that a live session hears now. */
export async function listSubscriptions(claims: { userId: string; sessionId: string }) {
  return { channelIds: await channelIdsOf(await requireActor(claims)) };
}

/** A message that came over the socket: the session must still be alive, and the rest is as over REST. */
export async function acceptMessage(
  frame: messages.Body & { userId: string; sessionId: string; channelId: string },
  config: messages.Limits,
): Promise<{ message: Message; created: boolean }> {
  const actor = await requireActor(frame);
  if (actor.scopes && !actor.scopes.includes("write"))
    throw forbidden("This personal access token lacks the scope `write`: make one that has it.");
  return messages.accept(actor, frame.channelId, frame, config);
}

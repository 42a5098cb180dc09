import type { Message } from "@connectbest/contract";
import { readTicket } from "@connectbest/websocket";
import type { Config } from "../../config";
import { isDuplicateKey } from "../../db/transaction";
import type { Actor } from "../../http/actor";
import { unauthenticated } from "../../http/errors";
import { MemberModel } from "../channels/members.model";
import * as messages from "../messages/messages.service";
import { findActor } from "../sessions/sessions.service";
import { issueTicket, ticketLifetime } from "../sessions/tokens";
import { BurntTicketModel } from "./tickets.model";

export function createTicket(actor: Actor, config: Pick<Config, "JWT_SECRET" | "REALTIME_URL">) {
  const claims = { sub: actor.userId.toHexString(), sid: actor.sessionId.toHexString() };
  return { url: config.REALTIME_URL, ticket: issueTicket(claims, config.JWT_SECRET), expiresIn: 60 as const };
}

async function burn(jti: string): Promise<void> {
  try {
    // Kept twice its lifetime: a ticket must not become good again while clocks differ.
    await BurntTicketModel.create({ _id: jti, expiresAt: new Date(Date.now() + 2 * ticketLifetime * 1000) });
  } catch (error) {
    if (isDuplicateKey(error)) throw unauthenticated("This ticket has been used. Ask for a new one.");
    throw error;
  }
}

/** Burns a ticket and answers whose connection it opens and which channels that one hears. */
export async function acceptConnection(ticket: string, config: Pick<Config, "JWT_SECRET">) {
  const claims = readTicket(ticket, config.JWT_SECRET);
  if (!claims) throw unauthenticated("This ticket is not valid. Ask for a new one.");
  await burn(claims.jti);
  const actor = await findActor(claims);
  if (!actor) throw unauthenticated();
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
  return actor;
}

/** The channels that a live session hears now. */
export async function listSubscriptions(claims: { userId: string; sessionId: string }) {
  return { channelIds: await channelIdsOf(await requireActor(claims)) };
}

/** A message that came over the socket: the session must still be alive, and the rest is as over REST. */
export async function acceptMessage(frame: {
  userId: string;
  sessionId: string;
  channelId: string;
  content: string;
  clientMessageId: string;
}): Promise<{ message: Message; created: boolean }> {
  return messages.accept(await requireActor(frame), frame.channelId, frame);
}

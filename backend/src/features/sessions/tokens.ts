import { randomUUID } from "node:crypto";
import {
  algorithm,
  audience,
  Claims,
  keyOf,
  verifyOwnToken,
  verifyToken,
  type SigningKeys,
} from "@connectbest/websocket";
import jwt from "jsonwebtoken";
import * as z from "zod";

/** Seconds. */
export const bearerLifetime = 7 * 24 * 3600;
export const ticketLifetime = 60;

export interface ServiceKeys {
  SERVICE_SECRET: string;
  SERVICE_SECRET_PREVIOUS?: string | undefined;
}

export const issueBearer = (claims: Claims, secret: string): string =>
  jwt.sign({ sid: claims.sid }, keyOf(secret), {
    algorithm,
    subject: claims.sub,
    audience: audience.api,
    expiresIn: bearerLifetime,
  });

export const issueTicket = (claims: Claims, secret: string): string =>
  jwt.sign({ sid: claims.sid }, keyOf(secret), {
    algorithm,
    subject: claims.sub,
    audience: audience.ticket,
    expiresIn: ticketLifetime,
    jwtid: randomUUID(),
  });

export const readBearer = (token: string, keys: SigningKeys): Claims | undefined =>
  verifyOwnToken(token, keys, audience.api, Claims);

/** Whether our own handlers are calling: signed with the present secret or, during a change, the one before. */
export const isServiceToken = (token: string, keys: ServiceKeys): boolean =>
  [keys.SERVICE_SECRET, keys.SERVICE_SECRET_PREVIOUS].some(
    (secret) => secret && verifyToken(token, secret, audience.service, z.object({ exp: z.number() })) !== undefined,
  );

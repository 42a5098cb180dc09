import { createSecretKey, type KeyObject } from "node:crypto";
import jwt from "jsonwebtoken";
import * as z from "zod";

/** Bearers, tickets and service tokens are told apart by audience, so that none passes for another. */
export const audience = {
  api: "connectbest-api",
  ticket: "connectbest-realtime",
  service: "connectbest-internal",
} as const;
/** Pinned on both sides: a token that names another is refused. */
export const algorithm = "HS256";

const id = z.string().regex(/^[0-9a-f]{24}$/);

/** `sub`: the user's id; `sid`: the id of their session. */
export const Claims = z.object({ sub: id, sid: id });
export type Claims = z.infer<typeof Claims>;
const TicketClaims = Claims.extend({ jti: z.uuid() });
export type TicketClaims = z.infer<typeof TicketClaims>;

const keys = new Map<string, KeyObject>();

/** The key of a secret, made once: given a string, jsonwebtoken tries to read it as a key pair's on every call. */
export function keyOf(secret: string): KeyObject {
  let key = keys.get(secret);
  if (!key) keys.set(secret, (key = createSecretKey(Buffer.from(secret))));
  return key;
}

/** The keys that a token may be signed with: the present one, and during a change of keys the one before. */
export interface SigningKeys {
  JWT_SECRET: string;
  JWT_SECRET_PREVIOUS?: string | undefined;
}

/** The claims of a good token, or `undefined`; why it is bad is nobody's business. */
export function verifyToken<T>(
  token: string,
  secret: string,
  forAudience: string,
  schema: z.ZodType<T>,
): T | undefined {
  try {
    const claims = jwt.verify(token, keyOf(secret), { algorithms: [algorithm], audience: forAudience });
    // An end is looked at only where there is one, and everything that we sign has one.
    if (typeof claims === "string" || typeof claims.exp !== "number") return undefined;
    return schema.safeParse(claims).data;
  } catch {
    return undefined;
  }
}

/** The same, whichever of our keys signed it. The header's `kid` is not looked at: it is the sender's word. */
export const verifyOwnToken = <T>(
  token: string,
  keys: SigningKeys,
  forAudience: string,
  schema: z.ZodType<T>,
): T | undefined =>
  verifyToken(token, keys.JWT_SECRET, forAudience, schema) ??
  (keys.JWT_SECRET_PREVIOUS ? verifyToken(token, keys.JWT_SECRET_PREVIOUS, forAudience, schema) : undefined);

export const readTicket = (token: string, keys: SigningKeys): TicketClaims | undefined =>
  verifyOwnToken(token, keys, audience.ticket, TicketClaims);

/** Seconds: long enough to be reused by a warm Lambda, too short to be worth stealing. */
const serviceTokenLifetime = 300;

/** A bearer by which our own Lambdas prove to the API who they are. */
export const issueServiceToken = (serviceSecret: string): string =>
  jwt.sign({}, keyOf(serviceSecret), { algorithm, audience: audience.service, expiresIn: serviceTokenLifetime });

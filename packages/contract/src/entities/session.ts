import * as z from "zod";
import { Id, Timestamp } from "../primitives";
import { AuthProvider } from "./user";

/** One place where I am signed in. */
export const Session = z
  .object({
    id: Id,
    /** "Chrome on Windows", as far as the client told; "Unknown device" when it told nothing. */
    device: z.string(),
    /** The address of the last call. */
    ip: z.string().nullable(),
    method: AuthProvider,
    createdAt: Timestamp,
    /** To the minute. */
    lastSeenAt: Timestamp,
    expiresAt: Timestamp,
    /** The session that asks. */
    isCurrent: z.boolean(),
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;

/** `read`: GET; `write`: everything else a member may do; `admin`: administrators' routes. None includes another. */
export const TokenScope = z.enum(["read", "write", "admin"]).meta({ id: "TokenScope" });
export type TokenScope = z.infer<typeof TokenScope>;

/** A personal access token, without its secret: that is shown once, when it is made. */
export const AccessToken = z
  .object({
    id: Id,
    name: z.string(),
    scopes: z.array(TokenScope),
    createdAt: Timestamp,
    expiresAt: Timestamp,
    /** To the minute. */
    lastUsedAt: Timestamp.nullable(),
    lastUsedIp: z.string().nullable(),
  })
  .meta({ id: "AccessToken" });
export type AccessToken = z.infer<typeof AccessToken>;

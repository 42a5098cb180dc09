import * as z from "zod";
import { Id, Timestamp } from "../primitives";

/** Everything that is kept for the question "who did that?". */
export const AuditKind = z
  .enum([
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "session_revoked",
    "account_created",
    "account_deleted",
    "password_changed",
    "email_changed",
    "two_factor_enabled",
    "two_factor_disabled",
    "two_factor_failed",
    "token_created",
    "token_revoked",
    "role_changed",
    "member_suspended",
    "member_activated",
    "membership_changed",
    "channel_archived",
    "settings_changed",
    "data_exported",
    "webhook_created",
    "webhook_removed",
  ])
  .meta({ id: "AuditKind" });
export type AuditKind = z.infer<typeof AuditKind>;

export const AuditEntry = z
  .object({
    id: Id,
    at: Timestamp,
    kind: AuditKind,
    outcome: z.enum(["success", "failure"]),
    /** Who did it; `null` for a stranger. */
    actor: z.object({ id: Id, name: z.string() }).nullable(),
    /** What it was done to: a person, a channel, an address that was tried. */
    target: z.string().nullable(),
    ip: z.string().nullable(),
    /** Further words, on one line. */
    note: z.string().nullable(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;

import * as z from "zod";
import { Email, Id, TimeZone, Timestamp } from "../primitives";

export const WorkspaceRole = z.enum(["admin", "user"]).meta({ id: "WorkspaceRole" });
export type WorkspaceRole = z.infer<typeof WorkspaceRole>;

/** What a person chose to show. `online` is the default: then their live connections tell whether they are here. */
export const UserStatus = z.enum(["online", "away", "busy", "inmeeting", "offline"]).meta({ id: "UserStatus" });
export type UserStatus = z.infer<typeof UserStatus>;

export const StatusMessage = z.string().trim().max(100, "Must be at most 100 characters.");

/** A member of the workspace as every other member may see them. */
export const User = z
  .object({
    id: Id,
    name: z.string(),
    /** Unique in the workspace, for mentions: lower-case letters, digits, `.`, `_`, `-`. */
    username: z.string(),
    email: Email,
    avatarUrl: z.string().nullable(),
    role: WorkspaceRole,
    status: UserStatus,
    statusMessage: z.string().nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: "User" });
export type User = z.infer<typeof User>;

export const Preferences = z
  .object({
    notifications: z.enum(["all", "mentions", "nothing"]),
    soundEnabled: z.boolean(),
    timezone: TimeZone,
    theme: z.enum(["light", "dark", "system"]),
    /** Of the interface; `system`: as the browser asks. */
    language: z.enum(["system", "en", "de"]),
    density: z.enum(["comfortable", "compact"]),
    timeFormat: z.enum(["system", "12h", "24h"]),
    /** What Enter does while writing; with Shift it does the other. */
    enterKey: z.enum(["send", "newline"]),
    /** Of emoji with hands and faces, as Fitzpatrick's scale has it: 0 (none), 1 (lightest) to 5 (darkest). */
    skinTone: z.int().min(0).max(5),
    /** The first steps have been shown, or skipped. */
    tourDone: z.boolean(),
  })
  .meta({ id: "Preferences" });
export type Preferences = z.infer<typeof Preferences>;

export const AuthProvider = z.enum(["password", "google"]).meta({ id: "AuthProvider" });
export type AuthProvider = z.infer<typeof AuthProvider>;

/** The signed-in user as they see themselves. */
export const Me = User.extend({
  phone: z.string().nullable(),
  /** Always true: an account exists from the moment its address is confirmed. */
  emailVerified: z.boolean(),
  /** A new address that waits for its mailed link to be opened. */
  pendingEmail: Email.nullable(),
  twoFactorEnabled: z.boolean(),
  /** The ways in which this account may sign in; without `password` none has been set. */
  authProviders: z.array(AuthProvider),
  /** When status and message fall back to `online` and nothing. */
  statusExpiresAt: Timestamp.nullable(),
  preferences: Preferences,
}).meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

/** What a message carries of its author. */
export const MessageAuthor = User.pick({ id: true, name: true, avatarUrl: true })
  .extend({ isBot: z.literal(true).optional() })
  .meta({ id: "MessageAuthor" });
export type MessageAuthor = z.infer<typeof MessageAuthor>;

/**
 * What others see of somebody's being here: what they chose to show, where at least one of their devices is connected,
 * and otherwise `offline`. Who chose `online` is `away` while all their devices are idle.
 */
export const Presence = z
  .object({ userId: Id, status: UserStatus, statusMessage: z.string().nullable() })
  .meta({ id: "Presence" });
export type Presence = z.infer<typeof Presence>;

/** A member as administrators see them. */
export const AdminUser = User.extend({
  suspendedAt: Timestamp.nullable(),
  suspendedReason: z.string().nullable(),
  twoFactorEnabled: z.boolean(),
  authProviders: z.array(AuthProvider),
}).meta({ id: "AdminUser" });
export type AdminUser = z.infer<typeof AdminUser>;

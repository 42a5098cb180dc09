import * as z from "zod";
import { AuditEntry, AuditKind } from "../entities/audit";
import { AdminUser, WorkspaceRole } from "../entities/user";
import { CursorQuery, Id, SearchText } from "../primitives";
import { defineRoute } from "../route";

const ofOne = z.object({ id: Id });
const One = z.object({ user: AdminUser });

export const adminListUsers = defineRoute({
  method: "get",
  path: "/admin/users",
  access: "admin",
  tag: "Admin",
  summary: "Everybody with what administrators know of them, by name",
  query: CursorQuery.extend({ search: SearchText.optional(), status: z.enum(["active", "suspended"]).optional() }),
  response: z.object({ users: z.array(AdminUser), nextCursor: z.string().nullable() }),
  status: 200,
});

export const suspendUser = defineRoute({
  method: "post",
  path: "/admin/users/:id/suspend",
  access: "admin",
  tag: "Admin",
  summary: "Keep somebody out: their sessions and sockets end, their tokens rest",
  params: ofOne,
  body: z.object({ reason: z.string().trim().min(1, "Say why.").max(300, "Must be at most 300 characters.") }),
  response: One,
  status: 200,
  errors: ["not_found", "conflict"],
});

export const activateUser = defineRoute({
  method: "post",
  path: "/admin/users/:id/activate",
  access: "admin",
  tag: "Admin",
  summary: "Let somebody in again",
  params: ofOne,
  response: One,
  status: 200,
  errors: ["not_found"],
});

export const setUserRole = defineRoute({
  method: "put",
  path: "/admin/users/:id/role",
  access: "admin",
  tag: "Admin",
  summary: "Make somebody an administrator, or no longer; the last one stays",
  params: ofOne,
  body: z.object({ role: WorkspaceRole }),
  response: One,
  status: 200,
  errors: ["not_found", "conflict"],
});

export const resetUserTwoFactor = defineRoute({
  method: "delete",
  path: "/admin/users/:id/two-factor",
  access: "admin",
  // It opens an account to whoever knows its password: a person decides that, not a program.
  scope: "session",
  tag: "Admin",
  summary: "For somebody who lost app and backup codes: sign-in by password alone until set up again",
  params: ofOne,
  response: One,
  status: 200,
  errors: ["not_found", "conflict"],
});

export const deleteUser = defineRoute({
  method: "delete",
  path: "/admin/users/:id",
  access: "admin",
  tag: "Admin",
  summary: "Delete an account: name, address and all that is personal go, messages stay",
  params: ofOne,
  response: null,
  status: 204,
  errors: ["conflict"],
});

export const auditLog = defineRoute({
  method: "get",
  path: "/admin/audit-log",
  access: "admin",
  tag: "Admin",
  summary: "Who did what, the latest first",
  query: CursorQuery.extend({ kind: AuditKind.optional(), actorId: Id.optional() }),
  response: z.object({ entries: z.array(AuditEntry), nextCursor: z.string().nullable() }),
  status: 200,
});

const Settings = z
  .object({
    /** Everybody must sign in with a second factor; who has none can do nothing but set it up. */
    requireTwoFactor: z.boolean(),
  })
  .meta({ id: "WorkspaceSettings" });

export const workspaceSettings = defineRoute({
  method: "get",
  path: "/admin/settings",
  access: "admin",
  tag: "Admin",
  summary: "The workspace's rules",
  response: z.object({ settings: Settings }),
  status: 200,
});

export const updateWorkspaceSettings = defineRoute({
  method: "put",
  path: "/admin/settings",
  access: "admin",
  tag: "Admin",
  summary: "Change the workspace's rules",
  body: Settings.partial(),
  response: z.object({ settings: Settings }),
  status: 200,
  errors: ["conflict"],
});

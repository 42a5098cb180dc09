import * as z from "zod";
import { Email, Id, Timestamp } from "../primitives";

export const WorkspaceRole = z.enum(["admin", "user"]).meta({ id: "WorkspaceRole" });
export type WorkspaceRole = z.infer<typeof WorkspaceRole>;

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
    createdAt: Timestamp,
  })
  .meta({ id: "User" });
export type User = z.infer<typeof User>;

/** The signed-in user as they see themselves. */
export const Me = User.extend({ phone: z.string().nullable() }).meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

/** What a message carries of its author. */
export const MessageAuthor = User.pick({ id: true, name: true, avatarUrl: true }).meta({ id: "MessageAuthor" });
export type MessageAuthor = z.infer<typeof MessageAuthor>;

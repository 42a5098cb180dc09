import * as z from "zod";
import { Me, Preferences, StatusMessage, User, UserStatus, Presence } from "../entities/user";
import { CursorQuery, Id, Limit, PersonName, Phone, SearchText, Timestamp } from "../primitives";
import { defineRoute } from "../route";
import { CurrentPassword } from "./auth";

export const listUsers = defineRoute({
  method: "get",
  path: "/users",
  access: "user",
  tag: "Users",
  summary: "Everybody, by name",
  query: CursorQuery,
  response: z.object({ users: z.array(User), nextCursor: z.string().nullable() }),
  status: 200,
});

export const searchUsers = defineRoute({
  method: "get",
  path: "/users/search",
  access: "user",
  tag: "Users",
  summary: "People whose name, a word of it, username or address starts with the query",
  query: z.object({ query: SearchText.min(1, "Enter at least one character."), limit: Limit }),
  response: z.object({ users: z.array(User) }),
  status: 200,
});

export const listPresence = defineRoute({
  method: "get",
  path: "/users/presence",
  access: "user",
  tag: "Users",
  summary: "Who is here now; those who are offline are left out",
  response: z.object({ presence: z.array(Presence) }),
  status: 200,
});

export const getUser = defineRoute({
  method: "get",
  path: "/users/:id",
  access: "user",
  tag: "Users",
  summary: "One person",
  params: z.object({ id: Id }),
  response: z.object({ user: User }),
  status: 200,
  errors: ["not_found"],
});

export const updateMe = defineRoute({
  method: "put",
  path: "/users/me",
  aliases: ["/users/profile"],
  access: "user",
  tag: "Users",
  summary: "Change my profile",
  body: z.object({
    name: PersonName.optional(),
    phone: Phone.nullable().optional(),
    preferences: Preferences.partial().optional(),
  }),
  response: z.object({ user: Me }),
  status: 200,
});

export const setStatus = defineRoute({
  method: "put",
  path: "/users/me/status",
  access: "user",
  tag: "Users",
  summary: "Show a status and a message, until taken back or until a moment",
  body: z.object({
    status: UserStatus,
    statusMessage: StatusMessage.nullable().optional(),
    /** At least now, at most a year ahead. */
    expiresAt: Timestamp.nullable().optional(),
  }),
  response: z.object({ user: Me }),
  status: 200,
});

export const setAvatar = defineRoute({
  method: "post",
  path: "/users/me/avatar",
  aliases: ["/upload/avatar"],
  access: "user",
  tag: "Users",
  summary: "Set my picture: cut to a square, without anything that the camera noted. JPEG, PNG, WebP, GIF or AVIF",
  upload: { maxBytes: 5 * 1024 * 1024 },
  response: z.object({ user: Me }),
  status: 200,
});

export const removeAvatar = defineRoute({
  method: "delete",
  path: "/users/me/avatar",
  access: "user",
  tag: "Users",
  summary: "Remove my picture",
  response: z.object({ user: Me }),
  status: 200,
});

export const getAvatar = defineRoute({
  method: "get",
  path: "/users/:id/avatar",
  access: "user",
  tag: "Users",
  summary: "Somebody's picture, 256 pixels square",
  params: z.object({ id: Id }),
  /** `v` changes with the picture, so that browsers may keep it. */
  query: z.object({ v: z.string().max(64).optional() }),
  response: null,
  download: "image/webp",
  status: 200,
  errors: ["not_found"],
});

export const exportMe = defineRoute({
  method: "get",
  path: "/users/me/export",
  access: "user",
  scope: "session",
  tag: "Users",
  summary: "Everything of mine, as a ZIP of JSON and a page to read",
  response: null,
  download: "application/zip",
  status: 200,
});

export const deleteMe = defineRoute({
  method: "post",
  path: "/users/me/delete",
  access: "user",
  scope: "session",
  tag: "Users",
  summary: "Delete my account: name, address and all that is personal go, messages stay",
  body: z.object({ password: CurrentPassword }),
  response: null,
  status: 204,
  errors: ["forbidden", "conflict"],
});

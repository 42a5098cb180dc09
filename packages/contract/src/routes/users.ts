import * as z from "zod";
import { Me, User } from "../entities/user";
import { CursorQuery, Id, Limit, PersonName, SearchText } from "../primitives";
import { defineRoute } from "../route";

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
    phone: z.string().trim().max(40, "Must be at most 40 characters.").nullable().optional(),
  }),
  response: z.object({ user: Me }),
  status: 200,
});

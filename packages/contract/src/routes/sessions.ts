import * as z from "zod";
import { AccessToken, Session, TokenScope } from "../entities/session";
import { Id } from "../primitives";
import { defineRoute } from "../route";

export const listSessions = defineRoute({
  method: "get",
  path: "/auth/sessions",
  access: "user",
  scope: "session",
  tag: "Sessions",
  summary: "Where I am signed in, the latest first",
  response: z.object({ sessions: z.array(Session) }),
  status: 200,
});

export const revokeSession = defineRoute({
  method: "delete",
  path: "/auth/sessions/:id",
  access: "user",
  scope: "session",
  tag: "Sessions",
  summary: "End one of my sessions: its bearer at once, its sockets within seconds",
  params: z.object({ id: Id }),
  response: null,
  status: 204,
});

export const revokeOtherSessions = defineRoute({
  method: "delete",
  path: "/auth/sessions",
  access: "user",
  scope: "session",
  tag: "Sessions",
  summary: "End all my sessions but this one",
  response: null,
  status: 204,
});

export const listTokens = defineRoute({
  method: "get",
  path: "/auth/tokens",
  access: "user",
  scope: "session",
  tag: "Sessions",
  summary: "My personal access tokens, the latest first",
  response: z.object({ tokens: z.array(AccessToken) }),
  status: 200,
});

export const createToken = defineRoute({
  method: "post",
  path: "/auth/tokens",
  access: "user",
  scope: "session",
  tag: "Sessions",
  summary: "Make a personal access token; its `secret`, to be sent as a bearer, is shown this once",
  body: z.object({
    name: z.string().trim().min(1, "Give it a name.").max(60, "Must be at most 60 characters."),
    scopes: z
      .array(TokenScope)
      .min(1, "Choose at least one scope.")
      .max(3)
      .transform((scopes) => [...new Set(scopes)]),
    expiresInDays: z.int().min(1, "Must be at least a day.").max(365, "Must be at most a year."),
  }),
  response: z.object({ token: AccessToken, secret: z.string() }),
  status: 201,
  errors: ["forbidden", "conflict"],
});

export const revokeToken = defineRoute({
  method: "delete",
  path: "/auth/tokens/:id",
  access: "user",
  scope: "session",
  tag: "Sessions",
  summary: "End a personal access token",
  params: z.object({ id: Id }),
  response: null,
  status: 204,
});

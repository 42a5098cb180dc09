import * as z from "zod";
import { Me } from "../entities/user";
import { Email, PersonName, Password, Timestamp } from "../primitives";
import { defineRoute } from "../route";

/**
 * The answer is the same, in body, status and time, whether or not the address was taken:
 * so `user` repeats only what was sent, and signing in tells the owner of the address.
 */
export const register = defineRoute({
  method: "post",
  path: "/auth/register",
  access: "public",
  tag: "Auth",
  summary: "Create an account",
  body: z.object({
    email: Email,
    password: Password,
    name: PersonName,
    phone: z.string().trim().max(40, "Must be at most 40 characters.").optional(),
  }),
  response: z.object({ user: z.object({ email: Email, name: z.string() }), message: z.string() }),
  status: 201,
});

export const login = defineRoute({
  method: "post",
  path: "/auth/login",
  access: "public",
  tag: "Auth",
  summary: "Sign in; the token is the bearer of every other call",
  body: z.object({ email: Email, password: z.string().min(1, "Enter your password.").max(128) }),
  response: z.object({ user: Me, token: z.string(), expiresAt: Timestamp }),
  status: 200,
  errors: ["invalid_credentials"],
});

export const authStatus = defineRoute({
  method: "get",
  path: "/auth/status",
  access: "public",
  tag: "Auth",
  summary: "Which ways of signing in are enabled",
  response: z.object({ providers: z.array(z.enum(["password"])) }),
  status: 200,
});

export const me = defineRoute({
  method: "get",
  path: "/auth/me",
  aliases: ["/users/me", "/users/profile"],
  access: "user",
  tag: "Auth",
  summary: "Who I am",
  response: z.object({ user: Me }),
  status: 200,
});

export const logout = defineRoute({
  method: "post",
  path: "/auth/logout",
  access: "user",
  tag: "Auth",
  summary: "End this session: its bearer and its sockets",
  response: null,
  status: 204,
});

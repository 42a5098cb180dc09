import * as z from "zod";
import { AuthProvider, Me } from "../entities/user";
import { Email, PersonName, Password, Phone, Timestamp } from "../primitives";
import { defineRoute } from "../route";

/** A code of the authenticator app (six digits), or a backup code (`xxxxx-xxxxx`). */
export const TwoFactorCode = z.string().trim().min(6, "Enter the whole code.").max(20, "Enter the code alone.");

/** The secret of a mailed link. */
const MailedToken = z.string().min(20, "The link is not complete.").max(200, "The link is not valid.");

/** Required where the account has a password; accounts without one must have signed in within the last ten minutes. */
export const CurrentPassword = z.string().max(256).optional();

const SignedIn = z.object({ user: Me, token: z.string(), expiresAt: Timestamp });

/**
 * The answer is the same, in body, status and time, whether or not the address was taken: `user` repeats only what was
 * sent, and a mail tells the owner of the address. The account exists once its link has been opened.
 */
export const register = defineRoute({
  method: "post",
  path: "/auth/register",
  access: "public",
  tag: "Auth",
  summary: "Ask for an account; a mail brings the link that opens it",
  body: z.object({ email: Email, password: Password, name: PersonName, phone: Phone.optional() }),
  response: z.object({ user: z.object({ email: Email, name: z.string() }), message: z.string() }),
  status: 201,
});

export const verifyEmail = defineRoute({
  method: "post",
  path: "/auth/verify-email",
  access: "public",
  tag: "Auth",
  summary: "Open the mailed link: the account, or its new address, is then real. Once, within 24 hours",
  body: z.object({
    token: MailedToken,
    /**
     * For a registration, the password that it was made with: so that nobody confirms a stranger's by opening a link that
     * they take for their own. The web client always asks for it; a program that sends none takes the link's word.
     */
    password: z.string().max(256).optional(),
  }),
  response: z.object({ email: Email, purpose: z.enum(["registration", "change"]) }),
  status: 200,
  errors: ["invalid_credentials", "conflict"],
});

export const resendVerification = defineRoute({
  method: "post",
  path: "/auth/resend-verification",
  access: "public",
  tag: "Auth",
  summary: "Mail the link of a registration once more; the earlier one ends. The same answer for any address",
  body: z.object({ email: Email }),
  response: null,
  status: 204,
});

export const login = defineRoute({
  method: "post",
  path: "/auth/login",
  access: "public",
  tag: "Auth",
  summary: "Sign in; the token is the bearer of every other call",
  body: z.object({
    email: Email,
    password: z.string().min(1, "Enter your password.").max(256),
    code: TwoFactorCode.optional(),
  }),
  response: SignedIn,
  status: 200,
  errors: [
    "invalid_credentials",
    "two_factor_required",
    "invalid_two_factor_code",
    "email_not_verified",
    "account_suspended",
  ],
});

export const googleLogin = defineRoute({
  method: "post",
  path: "/auth/google",
  access: "public",
  tag: "Auth",
  summary: "Sign in with an ID token of Google's; `nonce` is what the client asked for it with",
  body: z.object({
    idToken: z.string().min(20).max(8000),
    nonce: z.string().min(16).max(200),
    code: TwoFactorCode.optional(),
  }),
  response: SignedIn,
  status: 200,
  errors: [
    "invalid_credentials",
    "two_factor_required",
    "invalid_two_factor_code",
    "account_suspended",
    "not_found",
    "conflict",
  ],
});

export const forgotPassword = defineRoute({
  method: "post",
  path: "/auth/forgot-password",
  access: "public",
  tag: "Auth",
  summary: "Mail a link for a new password; an earlier one ends. The same answer for any address",
  body: z.object({ email: Email }),
  response: null,
  status: 204,
});

export const resetPassword = defineRoute({
  method: "post",
  path: "/auth/reset-password",
  access: "public",
  tag: "Auth",
  summary: "Set a new password by the mailed link, once, within an hour; every session ends",
  body: z.object({ token: MailedToken, newPassword: Password }),
  response: null,
  status: 204,
});

export const authStatus = defineRoute({
  method: "get",
  path: "/auth/status",
  access: "public",
  tag: "Auth",
  summary: "Which ways of signing in are enabled",
  response: z.object({ providers: z.array(AuthProvider) }),
  status: 200,
});

export const me = defineRoute({
  method: "get",
  path: "/auth/me",
  aliases: ["/users/me", "/users/profile"],
  access: "user",
  duringSetup: true,
  tag: "Auth",
  summary: "Who I am",
  response: z.object({ user: Me }),
  status: 200,
});

export const logout = defineRoute({
  method: "post",
  path: "/auth/logout",
  access: "user",
  scope: "session",
  duringSetup: true,
  tag: "Auth",
  summary: "End this session: its bearer and its sockets",
  response: null,
  status: 204,
});

export const changePassword = defineRoute({
  method: "post",
  path: "/auth/change-password",
  access: "user",
  scope: "session",
  tag: "Auth",
  summary: "Change my password, or set a first one; every other session ends",
  body: z.object({ currentPassword: CurrentPassword, newPassword: Password }),
  response: null,
  status: 204,
  errors: ["forbidden"],
});

export const changeEmail = defineRoute({
  method: "post",
  path: "/auth/change-email",
  access: "user",
  scope: "session",
  tag: "Auth",
  summary: "Ask for another address; it changes when the link mailed there is opened",
  body: z.object({ newEmail: Email, currentPassword: CurrentPassword }),
  response: null,
  status: 204,
  errors: ["forbidden"],
});

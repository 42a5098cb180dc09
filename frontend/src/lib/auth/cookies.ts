import type { AuthOptions } from "next-auth";
import { config } from "@/config";

/**
 * Under https every cookie of ours is bound to this very host (`__Host-`: Secure, path `/`, no Domain), so that no
 * neighbouring subdomain can plant one.
 */
export const cookieName = (name: string): string => `${config().secureCookies ? "__Host-" : ""}next-auth.${name}`;

export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: config().secureCookies }) as const;

export const sessionCookieName = (): string => cookieName("session-token");

const cookie = (name: string, maxAge?: number) => ({
  name: cookieName(name),
  options: { ...cookieOptions(), ...(maxAge && { maxAge }) },
});

const quarterOfAnHour = 15 * 60;

/** next-auth's cookies: names and attributes of ours for each, for its own have weaker prefixes. */
export const authCookies = (): NonNullable<AuthOptions["cookies"]> => ({
  sessionToken: cookie("session-token"),
  csrfToken: cookie("csrf-token"),
  callbackUrl: cookie("callback-url"),
  pkceCodeVerifier: cookie("pkce.code_verifier", quarterOfAnHour),
  state: cookie("state", quarterOfAnHour),
  nonce: cookie("nonce", quarterOfAnHour),
});

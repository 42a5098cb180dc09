import { decode, encode } from "next-auth/jwt";
import { config } from "@/config";
import { cookieName, cookieOptions } from "./cookies";

/** What Google said of somebody, kept for the few minutes in which they fetch their second factor. */
export interface PendingGoogle {
  readonly idToken: string;
  readonly nonce: string;
}

const fiveMinutes = 5 * 60;
/** Browsers drop a cookie that is longer, name and attributes included. */
const cookieLimit = 3900;

export const pendingGoogleCookieName = (): string => cookieName("pending-google");

const serialize = (value: string, maxAge: number): string =>
  [
    `${pendingGoogleCookieName()}=${value}`,
    `Path=${cookieOptions().path}`,
    `Max-Age=${maxAge}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(cookieOptions().secure ? ["Secure"] : []),
  ].join("; ");

/** A `Set-Cookie` line, encrypted; `null` when the token is too long for a cookie. */
export async function sealPendingGoogle({ idToken, nonce }: PendingGoogle): Promise<string | null> {
  const value = await encode({
    token: { idToken, nonce },
    secret: config().authSecret,
    salt: pendingGoogleCookieName(),
    maxAge: fiveMinutes,
  });
  return value.length <= cookieLimit ? serialize(value, fiveMinutes) : null;
}

export async function openPendingGoogle(value: string | undefined): Promise<PendingGoogle | null> {
  const token = await decode({
    token: value,
    secret: config().authSecret,
    salt: pendingGoogleCookieName(),
  }).catch(() => null);
  const { idToken, nonce } = token ?? {};
  return typeof idToken === "string" && typeof nonce === "string" ? { idToken, nonce } : null;
}

export const forgetPendingGoogle = (): string => serialize("", 0);

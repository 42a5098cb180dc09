import type { Account, User } from "next-auth";
import { decode } from "next-auth/jwt";
import Google from "next-auth/providers/google";
import { config } from "@/config";
import { SignInRefusal, askWithGoogle } from "./ask-api";
import { authCookies } from "./cookies";
import { sealPendingGoogle } from "./pending-google";
import type { SignInAttempt } from "./sign-in-attempt";

/** None without keys: nobody is offered what does not work. */
export function googleProviders(): ReturnType<typeof Google>[] {
  const { google } = config();
  if (!google) return [];
  const { clientId, clientSecret, issuer } = google;
  return [
    Google({
      clientId,
      clientSecret,
      issuer,
      wellKnown: `${issuer}/.well-known/openid-configuration`,
      // The nonce binds the ID token to this browser's attempt; the API checks it too.
      checks: ["pkce", "state", "nonce"],
    }),
  ];
}

/** The nonce that the ID token was asked for with. next-auth has checked it, and keeps it in a cookie of its own. */
async function nonceOf({ cookies }: SignInAttempt): Promise<string | null> {
  const name = authCookies().nonce?.name ?? "";
  const token = await decode({ token: cookies[name], secret: config().authSecret, salt: name }).catch(() => null);
  return typeof token?.["value"] === "string" ? token["value"] : null;
}

/**
 * Exchanges Google's word for a session of the API's, written into `user`.
 * @returns `true`, or where to go instead
 */
export async function admitFromGoogle(user: User, account: Account, attempt: SignInAttempt): Promise<true | string> {
  const [idToken, nonce] = [account.id_token, await nonceOf(attempt)];
  if (!idToken || !nonce) return "/login?error=OAuthCallback";
  try {
    Object.assign(user, await askWithGoogle({ idToken, nonce }, attempt.visitor));
    return true;
  } catch (error) {
    const refusal = error instanceof SignInRefusal ? error : new SignInRefusal("unavailable");
    const cookie = refusal.code === "two_factor_required" ? await sealPendingGoogle({ idToken, nonce }) : null;
    if (!cookie) return `/login?error=${encodeURIComponent(`google.${refusal.message}`)}`;
    attempt.setCookies.push(cookie);
    return "/two-factor";
  }
}

const here = "http://here.invalid";

/** Where to go after signing in: a path of this site, whatever was asked for. */
export function safeCallbackUrl(asked: string | string[] | null | undefined, fallback = "/chat"): string {
  if (typeof asked !== "string" || !asked.startsWith("/")) return fallback;
  try {
    const url = new URL(asked, here);
    if (url.origin !== here || url.pathname.startsWith("//") || url.pathname.startsWith("/api/")) return fallback;
    return url.pathname + url.search + url.hash;
  } catch {
    return fallback;
  }
}

/** The path of a whole address of this site; `null` for one of another. Paths stay what they are. */
export function pathWithin(url: string, origin: string): string | null {
  if (url.startsWith("/")) return url;
  return url.startsWith(`${origin}/`) ? url.slice(origin.length) : null;
}

/** The sign-in page, and what it should say and do. */
export function loginUrl(callbackUrl: string, reason?: SignInReason): string {
  const query = new URLSearchParams();
  if (reason) query.set("reason", reason);
  if (callbackUrl !== "/chat") query.set("callbackUrl", callbackUrl);
  return query.size > 0 ? `/login?${query}` : "/login";
}

/** Where somebody must go whom the workspace lets in only with a second factor. */
export const setupPath = "/settings/security?setup=required";

export const signInReasons = {
  session_ended: "Your session has ended. Sign in again to continue where you were.",
  signed_out: "You are signed out.",
  verified: "Your address is confirmed. Sign in to begin.",
  email_changed: "Your new address is confirmed. Sign in with it from now on.",
  password_reset: "Your new password is set, and every device is signed out. Sign in with it.",
  account_deleted: "Your account is deleted. What you wrote stays in its channels, without your name.",
} as const;

export type SignInReason = keyof typeof signInReasons;

export const isSignInReason = (value: unknown): value is SignInReason =>
  typeof value === "string" && Object.hasOwn(signInReasons, value);

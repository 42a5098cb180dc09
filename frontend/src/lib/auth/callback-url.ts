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

/** Each has its sentence on the sign-in page: `reason.` and its name. */
const signInReasons = [
  "session_ended",
  "signed_out",
  "verified",
  "email_changed",
  "password_reset",
  "account_deleted",
] as const;

export type SignInReason = (typeof signInReasons)[number];

export const isSignInReason = (value: unknown): value is SignInReason =>
  (signInReasons as readonly unknown[]).includes(value);

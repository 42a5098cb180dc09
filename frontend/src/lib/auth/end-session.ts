import { loginUrl } from "./callback-url";
import { forgetSession } from "./next-auth-client";

let ending = false;

/** The session is over (expired or revoked): forget the cookie and say so on the sign-in page. */
export async function endSession(): Promise<void> {
  if (ending) return;
  ending = true;
  await forgetSession().catch(() => undefined);
  location.assign(loginUrl(location.pathname + location.search, "session_ended"));
}

/** Signing out by hand: the API ends the session and its sockets, then the cookie goes. */
export async function signOut(): Promise<void> {
  if (ending) return;
  ending = true;
  await fetch("/api/auth/logout", { method: "POST" }).catch(() => undefined);
  await forgetSession().catch(() => undefined);
  location.assign("/login?reason=signed_out");
}

import { forgetDevice } from "@/lib/offline/forget";
import { loginUrl } from "./callback-url";
import { forgetSession } from "./next-auth-client";

let ending = false;

/** The session is over (expired or revoked): forget the cookie and say so on the sign-in page. */
export async function endSession(): Promise<void> {
  if (ending) return;
  ending = true;
  await leaveTo(loginUrl(location.pathname + location.search, "session_ended"));
}

/** The account or its session is gone on the server's side: forget the cookie and go. */
export async function leaveTo(path: string): Promise<void> {
  ending = true;
  await forgetDevice();
  await forgetSession().catch(() => undefined);
  location.assign(path);
}

/** Signing out by hand: the API ends the session and its sockets, then the cookie goes. */
export async function signOut(): Promise<void> {
  if (ending) return;
  ending = true;
  await fetch("/api/auth/logout", { method: "POST" }).catch(() => undefined);
  await leaveTo("/login?reason=signed_out");
}

import { forgetDevice } from "@/lib/offline/forget";
import { loginUrl } from "./callback-url";
import { forgetSession } from "./next-auth-client";

/** Milliseconds that whoever signs out waits at most for what is still to be told to the server. */
const patience = 3_000;

let ending = false;
const lastWords = new Set<() => Promise<void>>();

/** What needs the session and must not be lost with it. Answers how to take it back. */
export function beforeSignOut(settle: () => Promise<void>): () => void {
  lastWords.add(settle);
  return () => void lastWords.delete(settle);
}

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

/** Signing out by hand: what was done is told first, the API ends the session and its sockets, then the cookie goes. */
export async function signOut(): Promise<void> {
  if (ending) return;
  ending = true;
  const settled = Promise.allSettled([...lastWords].map((settle) => settle()));
  await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, patience))]);
  await fetch("/api/auth/logout", { method: "POST" }).catch(() => undefined);
  await leaveTo("/login?reason=signed_out");
}

import type { Answer, PathOf } from "./route-types";
import { config } from "@/config";
import type { Session } from "@/lib/auth/session";

/**
 * A GET for rendering on the server. Answers `null` when the API is slow or away (the browser asks again by itself) and
 * `"session_ended"` when it no longer accepts the bearer.
 */
export async function getOnServer<P extends PathOf<"get">>(
  session: Session,
  path: P,
): Promise<Answer<"get", P> | "session_ended" | null> {
  const response = await fetch(`${config().apiUrl}/api${path}`, {
    headers: { authorization: `Bearer ${session.bearer}` },
    cache: "no-store",
    signal: AbortSignal.timeout(2_000),
  }).catch(() => null);
  if (response?.status === 401) return "session_ended";
  return response?.ok ? ((await response.json()) as Answer<"get", P>) : null;
}

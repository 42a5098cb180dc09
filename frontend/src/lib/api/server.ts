import type { ErrorBody } from "@connectbest/contract";
import { headers } from "next/headers";
import { pathTo } from "./path";
import type { Answer, CallOptions, PathOf } from "./route-types";
import { config } from "@/config";
import type { Session } from "@/lib/auth/session";
import { visitorHeaders } from "@/lib/visitor/visitor-headers";

/** What keeps a signed-in person from a page. */
export type Obstacle = "session_ended" | "setup_required";

/**
 * A GET for rendering on the server. Answers `null` when the API is slow or away (the browser asks again by itself), and an
 * {@link Obstacle} when it no longer accepts the bearer, or only for setting up a second factor.
 */
export async function getOnServer<P extends PathOf<"get">>(
  session: Session,
  path: P,
  ...options: object extends CallOptions<"get", P> ? [CallOptions<"get", P>?] : [CallOptions<"get", P>]
): Promise<Answer<"get", P> | Obstacle | null> {
  const { params, query } = (options[0] ?? {}) as { params?: Record<string, string>; query?: Record<string, unknown> };
  const response = await fetch(`${config().apiUrl}/api${pathTo(path, params, query)}`, {
    headers: { ...visitorHeaders(await headers()), authorization: `Bearer ${session.bearer}` },
    cache: "no-store",
    signal: AbortSignal.timeout(2_000),
  }).catch(() => null);
  if (response?.status === 401) return "session_ended";
  if (response?.status === 403) {
    const body = (await response.json().catch(() => null)) as ErrorBody | null;
    if (body?.code === "account_suspended") return "session_ended";
    return body?.code === "two_factor_setup_required" ? "setup_required" : null;
  }
  return response?.ok ? ((await response.json()) as Answer<"get", P>) : null;
}

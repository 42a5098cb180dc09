import type { HttpMethod } from "@connectbest/contract";
import { setupPath } from "@/lib/auth/callback-url";
import { endSession } from "@/lib/auth/end-session";
import { ApiError, errorFrom, noAnswer } from "./api-error";
import { pathTo } from "./path";
import type { Answer, CallOptions, PathOf } from "./route-types";

interface LooseOptions {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  file?: File;
  signal?: AbortSignal;
}

async function send(method: string, path: string, options: LooseOptions): Promise<unknown> {
  const request = bodyOf(options);
  const response = await fetch(`/api${pathTo(path, options.params, options.query)}`, {
    method,
    signal: options.signal,
    keepalive: (method === "DELETE" || method === "PUT") && isSmall(request.body),
    ...request,
  }).catch((error: unknown) => {
    throw options.signal?.aborted ? error : noAnswer();
  });
  if (response.ok) return response.status === 204 ? null : response.json();
  const error = await errorFrom(response);
  if (error.code === "unauthenticated") void endSession();
  if (error.code === "two_factor_setup_required") leadToSetup();
  throw error;
}

/**
 * What is said as the page closes still arrives, if the browser's 64 kB for all such calls suffice: of what is longer the call
 * would fail. In UTF-16 units, of which each is at most three bytes.
 */
const isSmall = (body: RequestInit["body"]): boolean =>
  body === undefined || (typeof body === "string" && body.length < 8_000);

function bodyOf({ body, file }: LooseOptions): RequestInit {
  if (file) {
    const form = new FormData();
    form.set("file", file);
    return { body: form };
  }
  return body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** The workspace demands a second factor, and nothing else is open until there is one. */
function leadToSetup(): void {
  if (location.pathname !== "/settings/security") location.assign(setupPath);
}

const caller =
  <M extends HttpMethod>(method: M) =>
  <P extends PathOf<M>>(
    path: P,
    ...options: object extends CallOptions<M, P> ? [CallOptions<M, P>?] : [CallOptions<M, P>]
  ) =>
    send(method.toUpperCase(), path, (options[0] ?? {}) as LooseOptions) as Promise<Answer<M, P>>;

/**
 * The API, typed by the contract: `api.get("/chat/channels/:id/messages", { params: { id }, query: { before } })`.
 * Throws {@link ApiError}; a session that has ended leads to the sign-in page.
 */
export const api = { get: caller("get"), post: caller("post"), put: caller("put"), delete: caller("delete") };

export type Api = typeof api;
export { ApiError };

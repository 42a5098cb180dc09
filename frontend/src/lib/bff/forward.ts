import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { Agent, request as send } from "undici";
import { requestHeaders, responseHeaders, ownBearer } from "./headers";
import { problem } from "./problem";
import { mayChangeState } from "./same-origin";

/** Connections are kept: a new one for every call would cost more than the call. */
const agent = new Agent({ connections: 256, keepAliveTimeout: 30_000, connectTimeout: 3_000, headersTimeout: 60_000 });

/** The services' own routes are not for browsers, whoever asks (Express compares paths without regard to case). */
const isInternal = (path: string): boolean => /^\/api\/+internal(\/|$)/i.test(path);

const isEmptyStatus = (status: number): boolean => status === 204 || status === 205 || status === 304;

export interface Upstream {
  readonly apiUrl: string;
  /** The address people open: where requests that change something must come from. */
  readonly publicUrl: string;
  /** Headers that tell the API on whose behalf it is asked. */
  readonly visitor: Record<string, string>;
  /** The bearer of the request's cookie, if it has one. */
  bearerOf(request: Request): Promise<string | null>;
}

/** Streams a request to the API and its answer back; nothing is buffered, retried or followed. */
export async function forward(request: Request, upstream: Upstream): Promise<Response> {
  const { apiUrl, publicUrl, visitor, bearerOf } = upstream;
  const { pathname, search } = new URL(request.url);
  if (isInternal(pathname)) return problem(404, "not_found", "There is nothing here.");
  const own = ownBearer(request.headers);
  if (own === null && !mayChangeState(request, publicUrl))
    return problem(403, "forbidden", "This request did not come from this site, so nothing was changed.");

  const bearer = own ?? (await bearerOf(request));
  try {
    const answer = await send(apiUrl + pathname + search, {
      dispatcher: agent,
      method: request.method as "GET",
      headers: { ...requestHeaders(request.headers, bearer), ...visitor },
      body: request.body ? Readable.fromWeb(request.body as NodeReadableStream) : null,
      signal: request.signal,
    });
    const headers = responseHeaders(answer.headers);
    if (isEmptyStatus(answer.statusCode) || request.method === "HEAD") {
      await answer.body.dump();
      return new Response(null, { status: answer.statusCode, headers });
    }
    return new Response(Readable.toWeb(answer.body) as ReadableStream, { status: answer.statusCode, headers });
  } catch {
    return problem(503, "unavailable", "The server cannot be reached just now. Try again in a moment.", {
      "retry-after": "5",
    });
  }
}

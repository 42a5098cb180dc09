import { visitorHeaderNames } from "@/lib/visitor/visitor-headers";

/** Meant for one hop (RFC 9110, 7.6.1), or for this server and not for the API. */
const notForwarded = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "host",
  "cookie",
  "authorization",
  "accept-encoding",
  "content-length",
  // Who is calling is for this server to say (see lib/visitor); what a browser claims is not passed on.
  "forwarded",
  "x-forwarded-for",
  "x-real-ip",
  ...visitorHeaderNames,
]);

/** What stays between the API and this server. A body arrives decoded, so its length and encoding are ours to say. */
const notAnswered = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "set-cookie",
  "x-powered-by",
  "server",
]);

export const ownBearer = (headers: Headers): string | null =>
  /^Bearer (\S+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;

/** The headers of a browser's request as the API may see them: no cookies, the bearer if there is one. */
export function requestHeaders(incoming: Headers, bearer: string | null): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of incoming)
    if (!notForwarded.has(name) && !name.startsWith("x-middleware-") && !name.startsWith("x-invoke-"))
      headers[name] = value;
  const length = incoming.get("content-length");
  if (length !== null) headers["content-length"] = length;
  if (bearer !== null) headers["authorization"] = `Bearer ${bearer}`;
  return headers;
}

/** The headers of the API's answer as the browser may see them. */
export function responseHeaders(incoming: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming)) {
    if (value === undefined || notAnswered.has(name)) continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return headers;
}

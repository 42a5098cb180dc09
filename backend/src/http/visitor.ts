import { createHash, timingSafeEqual } from "node:crypto";
import { isIP, isIPv6 } from "node:net";
import type { Request, RequestHandler } from "express";
import type { Config } from "../config";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compared by digest, so that neither length nor content shows in the time it takes. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

/**
 * What counts as one place: an IPv4 address, or the /64 of an IPv6 one, of which everybody has 2^64 addresses.
 * https://www.rfc-editor.org/rfc/rfc6177
 */
export function networkOf(ip: string | null): string {
  if (!ip || !isIPv6(ip)) return ip ?? "unknown";
  const [head = "", tail] = (ip.split("%")[0] ?? "").split("::");
  const groups = head ? head.split(":") : [];
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail ? tail.split(":").length : 0);
  const all = [...groups, ...Array.from({ length: missing }, () => "0"), ...(tail ? tail.split(":") : [])];
  return `${all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

function addressOf(request: Request, secret: string): string | null {
  const [proof, named] = [request.get("x-visitor-proof"), request.get("x-visitor-address")];
  if (proof && named && isIP(named) && isSame(proof, secret)) return named;
  return request.ip ?? null;
}

/**
 * Finds the address of who is calling, for throttles, session lists and the audit log. `request.ip` counts back over as
 * many proxies as there are (`TRUSTED_PROXIES`), so that a forged X-Forwarded-For changes nothing.
 */
export const findVisitor =
  (config: Pick<Config, "FRONTEND_SECRET">): RequestHandler =>
  (request, response, next) => {
    response.locals.address = addressOf(request, config.FRONTEND_SECRET)?.replace(/^::ffff:/, "") ?? null;
    next();
  };

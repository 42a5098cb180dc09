import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { Request, RequestHandler } from "express";
import type { Config } from "../config";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compared by digest, so that neither length nor content shows in the time it takes. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

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

import type { RequestHandler } from "express";
import type { Config } from "../../config";
import { findActor } from "./sessions.service";
import { isServiceToken, readBearer } from "./tokens";

/**
 * Finds out who is calling, from `Authorization: Bearer` alone, and leaves it in `response.locals`.
 * It refuses nobody: whether a caller is needed is the route's word (`handle`).
 */
export const authenticate =
  (config: Pick<Config, "JWT_SECRET" | "SERVICE_SECRET">): RequestHandler =>
  async (request, response, next) => {
    const [scheme, token] = (request.get("authorization") ?? "").split(" ");
    if (scheme?.toLowerCase() === "bearer" && token) {
      const claims = readBearer(token, config.JWT_SECRET);
      if (claims) response.locals.actor = await findActor(claims);
      else response.locals.isService = isServiceToken(token, config.SERVICE_SECRET);
    }
    next();
  };

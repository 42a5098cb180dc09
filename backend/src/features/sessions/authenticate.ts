import type { RequestHandler } from "express";
import type { Config } from "../../config";
import type { Actor } from "../../http/actor";
import { CallLimit } from "../../http/call-limit";
import { ApiError } from "../../http/errors";
import { networkOf } from "../../http/visitor";
import { accessTokenPrefix, findActor, findActorByToken } from "./recognize";
import { isServiceToken, readBearer } from "./tokens";

type Keys = Pick<Config, "JWT_SECRET" | "JWT_SECRET_PREVIOUS" | "SERVICE_SECRET" | "SERVICE_SECRET_PREVIOUS">;

async function recognize(token: string, ip: string | null, keys: Keys): Promise<Actor | undefined> {
  if (token.startsWith(accessTokenPrefix)) return findActorByToken(token, ip);
  const claims = readBearer(token, keys);
  return claims && findActor(claims, ip);
}

/**
 * Finds out who is calling, from `Authorization: Bearer` alone, and leaves it in `response.locals`. It refuses nobody but
 * those who call too often: whether a caller is needed is the route's word (`handle`).
 */
export function authenticate(config: Keys & Pick<Config, "CALLS_PER_10_SECONDS">): RequestHandler {
  const limit = new CallLimit(config.CALLS_PER_10_SECONDS);
  return async (request, response, next) => {
    const { locals } = response;
    const ip = locals.address ?? null;
    const [scheme, token] = (request.get("authorization") ?? "").split(" ");
    if (scheme?.toLowerCase() === "bearer" && token) {
      try {
        locals.actor = await recognize(token, ip, config);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        locals.refusal = error;
      }
      locals.isService = !locals.actor && isServiceToken(token, config);
    }
    if (!locals.isService)
      await limit.count(locals.actor?.userId.toHexString() ?? `address ${networkOf(ip)}`, response);
    next();
  };
}

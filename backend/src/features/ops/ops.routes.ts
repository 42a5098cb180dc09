import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { isDatabasePrepared, pingDatabase } from "../../db/connect";
import { unavailable } from "../../http/errors";
import { handle } from "../../http/handle";

export function opsRoutes(router: Router, config: Config): void {
  handle(router, routes.health, () => ({
    status: "ok" as const,
    version: config.BUILD_VERSION,
    commit: config.BUILD_COMMIT,
    buildTime: config.BUILD_TIME ?? null,
    uptime: process.uptime(),
  }));
  handle(router, routes.started, () => {
    if (!isDatabasePrepared()) throw unavailable("Not started: the database is being prepared.");
    return { status: "started" as const };
  });
  handle(router, routes.ready, async () => {
    await pingDatabase().catch(() => {
      throw unavailable("Not ready: the database does not answer.");
    });
    return { status: "ready" as const };
  });
}

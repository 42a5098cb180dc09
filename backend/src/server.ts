import { createServer } from "node:http";
import mongoose from "mongoose";
import { createMetrics, createRealtime } from "@connectbest/websocket";
import { createApp } from "./app";
import { createBackground } from "./background";
import { readConfig, type Config } from "./config";
import { connectDatabase } from "./db/connect";
import { drainTime } from "./drain-time";
import { useAuditLogger } from "./features/audit/audit.service";
import { HashPool } from "./features/sessions/hash-pool";
import { decoyOf, useHashPool } from "./features/sessions/passwords";
import { createLogger } from "./http/request-log";
import "./models";
import { useRealtime } from "./realtime/publish";

function readConfigOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

const config = readConfigOrExit();
const logger = createLogger(config.LOG_LEVEL);
const metrics = createMetrics(config.METRICS_NAMESPACE);
useRealtime(createRealtime(config, metrics), logger);
useAuditLogger(logger);
useHashPool(new HashPool(new URL("./hash-worker.js", import.meta.url)));
// Before the first sign-in, so that not even that one takes longer for an unknown address.
decoyOf(config.BCRYPT_COST).catch(() => undefined);
const background = createBackground(config, logger, metrics);

const server = createServer(createApp(config, logger));
// Longer than the load balancer's idle timeout (60 s): it must be the one to close idle connections.
server.keepAliveTimeout = 65_000;
server.on("error", (error: NodeJS.ErrnoException) => {
  const sentence =
    error.code === "EADDRINUSE"
      ? `The API cannot start: port ${config.PORT} is taken. Stop the other program or set PORT.`
      : `The API cannot start: ${error.message}`;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
});
server.listen(config.PORT, config.HOST, () => logger.info({ port: config.PORT }, "listening"));
void connectDatabase(config.MONGODB_URI, logger).then(() => {
  background.start();
  logger.info("ready");
});

function stop(signal: string): void {
  logger.info({ signal }, "draining");
  const settled = background.stop();
  server.close(() => void settled.then(() => mongoose.disconnect()).then(() => process.exit(0)));
  // Clients keep their connections: each is told to go with its next answer, and those that rest are closed.
  server.prependListener("request", (_request, response) => response.setHeader("Connection", "close"));
  setInterval(() => server.closeIdleConnections(), 100).unref();
  setTimeout(() => process.exit(0), drainTime).unref();
}
process.once("SIGTERM", () => stop("SIGTERM"));
process.once("SIGINT", () => stop("SIGINT"));

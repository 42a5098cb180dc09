import path from "node:path";
import { readServiceConfig } from "../config";
import { isFailedCommit, startMongoServer } from "../mongo/index";
import { runService } from "./ready";

/** Milliseconds: a process that dies in mid-transaction must not hold its channel for longer (docs/decisions/0004). */
const transactionLifetimeMs = 3000;

process.on("unhandledRejection", (reason) => {
  if (!isFailedCommit(reason)) throw reason;
});

const config = readServiceConfig();
runService("The embedded database", () =>
  startMongoServer({ port: config.PORT, path: path.join(config.DATA_DIR, "mongo"), transactionLifetimeMs }),
);

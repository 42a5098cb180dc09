import { createRequire } from "node:module";
import path from "node:path";
import { readServiceConfig } from "../config";
import { startGateway, type LambdaHandler } from "../gateway/index";
import { runService } from "./ready";

const config = readServiceConfig();
const load = (name: string): LambdaHandler => {
  const file = path.resolve(config.LAMBDA_DIR, `${name}${config.LAMBDA_EXTENSION}`);
  return (createRequire(file)(file) as { handler: LambdaHandler }).handler;
};
runService("The WebSocket gateway", async () =>
  startGateway({
    port: config.PORT,
    host: config.HOST,
    handlers: { connect: load("connect"), disconnect: load("disconnect"), message: load("message") },
    serviceSecret: config.SERVICE_SECRET,
    onError: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  }),
);

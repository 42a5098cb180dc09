import path from "node:path";
import { readServiceConfig } from "../config";
import { startMongoServer } from "../mongo/index";
import { runService } from "./ready";

const config = readServiceConfig();
runService("The embedded database", () =>
  startMongoServer({ port: config.PORT, path: path.join(config.DATA_DIR, "mongo") }),
);

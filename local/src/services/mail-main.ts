import { readServiceConfig } from "../config";
import { startMail } from "./mail";
import { runService } from "./ready";

const config = readServiceConfig();
runService("Mail", () => startMail(config.PORT, config.HOST));

import { readServiceConfig } from "../config";
import { startMail } from "./mail";
import { runService } from "./ready";

runService("Mail", () => startMail(readServiceConfig().PORT));

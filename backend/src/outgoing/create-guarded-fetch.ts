import type { Config } from "../config";
import { GuardedFetch } from "./guarded-fetch";

/** As configured: a house may allow networks of its own. */
export const createGuardedFetch = (config: Pick<Config, "OUTGOING_ALLOWED_NETWORKS">): GuardedFetch =>
  new GuardedFetch({ allowed: config.OUTGOING_ALLOWED_NETWORKS });

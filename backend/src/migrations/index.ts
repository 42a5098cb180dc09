import { accounts } from "./0001-accounts";
import { messaging } from "./0002-messaging";
import { burntTickets } from "./0003-burnt-tickets";
import type { Migration } from "./migration";

export { migrate, migrationState } from "./migrate";
export type { Db } from "./migration";

/** In order: a new one comes last. */
export const migrations: readonly Migration[] = [accounts, messaging, burntTickets];

import type { Migration } from "./migration";

/** Tickets that were used are kept with everything else that may be used once (`usedOnce`); the last of these expired long ago. */
export const burntTickets: Migration = {
  name: "0003-burnt-tickets",
  steps: [{ act: (db) => db.dropCollection("burntTickets") }],
};

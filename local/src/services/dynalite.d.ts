declare module "dynalite" {
  import type { Server } from "node:http";
  /** @param options.path a folder to keep tables in; in memory when absent */
  export default function dynalite(options: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
}

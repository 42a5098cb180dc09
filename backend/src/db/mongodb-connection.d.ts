/** The part of the driver's insides that `release-closed-connections.ts` mends; the driver has no types for it. */
declare module "mongodb/lib/cmap/connection.js" {
  import type { Socket } from "node:net";
  export class Connection {
    socket: Socket;
    /** Closes, and throws the error to whoever waits for an answer. */
    cleanup(this: Connection, error: Error): void;
  }
}

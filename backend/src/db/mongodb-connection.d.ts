/** The part of the driver's insides that `release-closed-connections.ts` mends; the driver has no types for it. */
declare module "mongodb/lib/cmap/connection.js" {
  import type { Socket } from "node:net";
  export class Connection {
    socket: Socket;
    /** Closes, and throws the error to whoever waits for an answer. */
    cleanup(this: Connection, error: Error): void;
  }
}

/** The part that `backup/insert-raw.ts` needs: documents that are sent as the bytes that they are. */
declare module "mongodb/lib/cmap/commands.js" {
  export class DocumentSequence {
    /** @param field of the command, in whose place it is sent */
    constructor(field: string);
    push(document: object, bytes: Uint8Array): number;
  }
}

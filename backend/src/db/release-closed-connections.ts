import { Connection } from "mongodb/lib/cmap/connection.js";

const { cleanup } = Connection.prototype;

/**
 * Mends the driver (decision 20). It writes to a socket that is destroyed but has not said so yet, waits for it to drain, and is
 * never told: the command hangs for ever, and when it is the monitor's, the database is never found again after a restart.
 * Whoever waits is let go on when the connection is closed; the driver then finds its error and throws it.
 */
export function releaseClosedConnections(): void {
  Connection.prototype.cleanup = function (error) {
    cleanup.call(this, error);
    this.socket.emit("drain");
  };
}

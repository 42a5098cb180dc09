import { WebSocket } from "ws";
import type { ConnectionFacts } from "./events";
import type { Limits } from "./limits";

/** Close codes: API Gateway ends idle and old connections with "going away". */
const goingAway = 1001;

/** One open socket and API Gateway's limits on it. */
export class Connection {
  lastActiveAt = Date.now();
  readonly #timers: NodeJS.Timeout[];

  constructor(
    readonly facts: ConnectionFacts,
    readonly socket: WebSocket,
    readonly limits: Limits,
  ) {
    const idleCheck = setInterval(
      () => {
        if (Date.now() - this.lastActiveAt > limits.idle) this.close(goingAway, "Idle timeout");
      },
      Math.min(limits.idle, 5000),
    );
    const lifetime = setTimeout(() => this.close(goingAway, "Going away"), limits.lifetime);
    this.#timers = [idleCheck.unref(), lifetime.unref()];
    const touch = () => (this.lastActiveAt = Date.now());
    socket.on("message", touch).on("ping", touch).on("pong", touch);
    socket.on("close", () => this.#timers.forEach((timer) => clearTimeout(timer)));
    // A broken socket closes next; that is where it is dealt with.
    socket.on("error", () => undefined);
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** @returns false when the connection is gone, or had to be ended because its client does not read */
  send(data: Buffer | string): boolean {
    if (!this.isOpen) return false;
    if (this.socket.bufferedAmount > this.limits.buffered) {
      this.socket.terminate();
      return false;
    }
    this.lastActiveAt = Date.now();
    this.socket.send(data, { binary: false });
    return true;
  }

  close(code: number, reason = ""): void {
    this.socket.close(code, reason);
    // A peer that does not answer the close frame must not keep its place.
    setTimeout(() => this.socket.terminate(), 5000).unref();
  }
}

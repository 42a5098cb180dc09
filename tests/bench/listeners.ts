import { WebSocket } from "ws";

/** Counts, for every message, how many of the sockets have heard it, and when the last did. */
export class Listeners {
  readonly #sockets: WebSocket[] = [];
  readonly #heard = new Map<string, { count: number; lastAt: number }>();

  /** @param keysOf the keys of the messages that a frame carries */
  constructor(readonly keysOf: (frame: string) => string[]) {}

  get count(): number {
    return this.#sockets.length;
  }

  add(socket: WebSocket): void {
    this.#sockets.push(socket);
    socket.on("message", (data: Buffer) => {
      const at = performance.now();
      for (const key of this.keysOf(data.toString())) {
        const entry = this.#heard.get(key);
        if (entry) {
          entry.count++;
          entry.lastAt = at;
        } else this.#heard.set(key, { count: 1, lastAt: at });
      }
    });
  }

  /** How many sockets have heard it. */
  countOf(key: string): number {
    return this.#heard.get(key)?.count ?? 0;
  }

  /** When the last of those that have heard it did (`performance.now`). */
  lastAt(key: string): number {
    return this.#heard.get(key)?.lastAt ?? Number.NaN;
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}

/** An open socket, with a subprotocol if one is asked for. */
export const opened = (url: string, subprotocol?: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, subprotocol, { perMessageDeflate: false });
    socket.once("open", () => resolve(socket)).once("error", reject);
  });

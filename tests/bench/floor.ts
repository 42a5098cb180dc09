import { fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import type { WebSocket } from "ws";
import { Listeners, opened } from "./listeners";
import type { Target } from "./rounds";

/** A bare `ws` broadcast server in a process of its own, with so many members and messages of so many bytes. */
export async function startFloor(members: number, bytes: number): Promise<Target> {
  const child: ChildProcess = fork(path.join(__dirname, "floor-server.ts"), { execArgv: ["--import", "tsx"] });
  const port = await new Promise<number>((resolve) => child.once("message", (value) => resolve(value as number)));
  const listeners = new Listeners((frame) => [frame.slice(0, 36)]);
  const sockets: WebSocket[] = [];
  for (let i = 0; i < members; i++) {
    const socket = await opened(`ws://127.0.0.1:${port}`);
    listeners.add(socket);
    sockets.push(socket);
  }
  const text = "x".repeat(bytes);
  return {
    name: "bare ws (floor)",
    listeners,
    pids: () => [child.pid ?? 0],
    async send(nth) {
      const key = randomUUID();
      sockets[nth % members]?.send(key + text);
      return key;
    },
    async stop() {
      listeners.close();
      child.disconnect();
    },
  };
}

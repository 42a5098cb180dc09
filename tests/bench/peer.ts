import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import { domain, Ejabberd, roomsDomain } from "./ejabberd";
import { Listeners } from "./listeners";
import type { Target } from "./rounds";
import { archivedBodies, groupMessage, join, signedIn } from "./xmpp-client";

const password = "bench";

/**
 * A chat server in wide use, as a peer: a persistent room of ejabberd with its archive on, with so many members and
 * messages of so many bytes. It does less than we do: no HTTP, and no answer to the sender but the message's echo,
 * which also comes when the archive has failed.
 */
export async function startPeer(members: number, bytes: number): Promise<Target> {
  const ejabberd = await Ejabberd.start();
  const room = `hot@${roomsDomain}`;
  const options = { persistent: true, mam: true, max_users: members };
  await ejabberd.command("create_room_with_opts", {
    name: "hot",
    service: roomsDomain,
    host: domain,
    options: Object.entries(options).map(([name, value]) => ({ name, value: String(value) })),
  });
  const listeners = new Listeners((frame) => archivedBodies(frame).map((body) => body.slice(0, 36)));
  const sockets: WebSocket[] = [];
  for (let i = 0; i < members; i++) {
    const user = `member${i}`;
    await ejabberd.command("register", { user, host: domain, password });
    const socket = await signedIn(ejabberd.webSocket, domain, user, password);
    await join(socket, room, user);
    listeners.add(socket);
    sockets.push(socket);
  }
  const text = "x".repeat(bytes);
  return {
    name: "ejabberd (peer)",
    listeners,
    pids: () => [ejabberd.pid],
    async send(nth) {
      const key = randomUUID();
      sockets[nth % members]?.send(groupMessage(room, key + text));
      return key;
    },
    async stop() {
      listeners.close();
      await ejabberd.stop();
    },
  };
}

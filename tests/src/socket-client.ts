import { routes, ServerFrame, type ClientFrame, type Event, type EventType } from "@connectbest/contract";
import { WebSocket } from "ws";
import type { RestClient } from "./rest-client";

type EventOf<T extends EventType> = Extract<Event, { type: T }>;

/** A live connection, as a client program would hold one: a ticket, a socket, `hello`, events. */
export class SocketClient {
  readonly events: Event[] = [];
  closeCode: number | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on("message", (data: Buffer) => {
      const frame = ServerFrame.parse(JSON.parse(data.toString()));
      this.events.push(...frame.events);
    });
    socket.once("close", (code) => (this.closeCode = code));
    socket.on("error", () => undefined);
  }

  /** Connects and waits for `connected`. */
  static async connect(rest: RestClient): Promise<SocketClient> {
    const { url, ticket } = await rest.call(routes.createTicket);
    const client = await SocketClient.open(`${url}?ticket=${ticket}`);
    client.send({ action: "hello" });
    await client.waitFor("connected");
    return client;
  }

  /** @throws with the HTTP status when the handshake is refused */
  static open(url: string, origin?: string): Promise<SocketClient> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, origin ? { origin } : {});
      const client = new SocketClient(socket);
      socket.once("open", () => resolve(client));
      socket.once("error", reject);
    });
  }

  send(frame: ClientFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  of<T extends EventType>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  async waitFor<T extends EventType>(type: T, test: (event: EventOf<T>) => boolean = () => true): Promise<EventOf<T>> {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      const found = this.of(type).find(test);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`No ${type} within 10 s; heard ${this.events.map((event) => event.type).join(", ") || "nothing"}.`);
  }

  async close(): Promise<void> {
    if (this.closeCode !== undefined) return;
    const closed = new Promise((resolve) => this.socket.once("close", resolve));
    this.socket.close();
    await closed;
  }
}

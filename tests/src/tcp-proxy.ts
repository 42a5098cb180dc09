import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** `stall`: takes connections and carries nothing; `refuse`: resets whoever comes, and those who are there. */
export type Weather = "pass" | "stall" | "refuse";

/** A bad line in front of a port of this machine: everything a network does to bytes, on demand. */
export class TcpProxy {
  readonly #server: Server;
  readonly #links = new Set<[client: Socket, upstream: Socket]>();
  #weather: Weather = "pass";
  /** Answers that were dropped on the way. */
  dropped = 0;
  /** Connections that were reset as they came, or came to a line that stalled. */
  spurned = 0;
  /** Asked for each piece of an answer; where it says so, the connection ends instead of carrying it. */
  shouldDrop: () => boolean = () => false;

  /** @param target the port behind; may be changed, for connections to come */
  private constructor(public target: number) {
    this.#server = createServer((client) => this.#take(client));
  }

  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#links.size;
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    if (weather === "refuse") this.cut();
    if (weather === "pass") for (const link of this.#links) for (const socket of link) socket.resume();
    if (weather === "stall") for (const link of this.#links) for (const socket of link) socket.pause();
  }

  /** Ends every connection there is, as a pulled cable would be noticed. */
  cut(): void {
    for (const link of this.#links) this.#end(link);
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #end(link: [Socket, Socket]): void {
    // A reset after the end of what is written fails, and leaves the socket open for ever.
    for (const socket of link)
      if (socket.writableEnded || socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
    this.#links.delete(link);
  }

  #take(client: Socket): void {
    client.on("error", () => undefined);
    if (this.#weather !== "pass") this.spurned++;
    if (this.#weather === "refuse") return void client.resetAndDestroy();
    const upstream = connect(this.target, "127.0.0.1");
    const link: [Socket, Socket] = [client, upstream];
    this.#links.add(link);
    for (const socket of link) {
      socket.setNoDelay(true);
      socket.on("error", () => this.#end(link)).on("close", () => this.#end(link));
    }
    this.#carry(client, upstream, () => false);
    this.#carry(upstream, client, () => {
      if (!this.shouldDrop()) return false;
      this.dropped++;
      this.#end(link);
      return true;
    });
    if (this.#weather === "stall") for (const socket of link) socket.pause();
  }

  #carry(from: Socket, to: Socket, isDropped: () => boolean): void {
    from.on("data", (bytes: Buffer) => {
      if (isDropped() || to.write(bytes)) return;
      from.pause();
      to.once("drain", () => this.#weather !== "stall" && from.resume());
    });
    from.on("end", () => to.end());
  }
}

import type { ClientFrame, Event } from "@connectbest/contract";
import type { ConnectionStatus } from "@/lib/chat/state";
import { backoff } from "./backoff";

/** Milliseconds. API Gateway closes a connection that was idle for ten minutes; a dead network shows sooner by ping. */
export const socketTimes = { ping: 25_000, pong: 10_000, connect: 15_000 };

/** The close code behind which no reconnect helps: the session has ended. */
export const sessionRevokedCode = 4001;

/** The close code of a server that is restarted: it closes everybody's sockets at once, so everybody comes back within so many milliseconds. */
export const serviceRestart = { code: 1012, spread: 15_000 };

export interface SocketDependencies {
  /** A fresh single-use address. A refusal that says the session has ended is the caller's to act upon. */
  openTicket(): Promise<{ url: string; ticket: string }>;
  createSocket(address: string): WebSocket;
  isOnline(): boolean;
  onEvents(events: readonly Event[]): void;
  onStatus(status: ConnectionStatus): void;
  onSessionRevoked(): void;
  random?: () => number;
}

/** One WebSocket that comes back by itself, for ever, until stopped. */
export class LiveSocket {
  private socket: WebSocket | null = null;
  private status: ConnectionStatus = "connecting";
  private wasConnected = false;
  private attempt = 0;
  private running = false;
  /** Raised with every connection begun or dropped, so that what belongs to an older one is ignored. */
  private generation = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setTimeout> | undefined;
  private deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly deps: SocketDependencies) {}

  get isConnected(): boolean {
    return this.status === "connected";
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.reconnectNow();
  }

  stop(): void {
    this.running = false;
    this.drop();
  }

  /** Answers whether the frame was handed to the network; it may still be lost. */
  send(frame: ClientFrame): boolean {
    if (!this.isConnected || this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** The network came back, or may have: do not wait for the timer. */
  reconnectNow(): void {
    if (!this.running || this.isConnected) return;
    this.attempt = 0;
    this.drop();
    void this.connect();
  }

  /** The network has just proved to be there: the pause before the next attempt ends; an attempt under way is left alone. */
  hurry(): void {
    if (this.retryTimer === undefined) return;
    clearTimeout(this.retryTimer);
    this.attempt = 0;
    this.retry();
  }

  /** The network is known to be gone. */
  goOffline(): void {
    if (!this.running) return;
    this.drop();
    this.scheduleRetry();
  }

  private async connect(): Promise<void> {
    const generation = ++this.generation;
    this.setStatus(this.waitingStatus());
    try {
      const { url, ticket } = await this.deps.openTicket();
      if (generation === this.generation) this.open(`${url}?ticket=${encodeURIComponent(ticket)}`, generation);
    } catch {
      if (generation === this.generation) this.scheduleRetry();
    }
  }

  private open(address: string, generation: number): void {
    const socket = this.deps.createSocket(address);
    this.socket = socket;
    const current = (handle: (event: unknown) => void) => (event: unknown) => {
      if (generation === this.generation) handle(event);
    };
    this.deadline = setTimeout(() => this.lose(), socketTimes.connect);
    socket.onopen = current(() => socket.send(JSON.stringify({ action: "hello" } satisfies ClientFrame)));
    socket.onmessage = current((event) => this.receive((event as MessageEvent).data));
    socket.onclose = current((event) => this.closed((event as CloseEvent).code));
    socket.onerror = () => undefined;
  }

  private receive(data: unknown): void {
    const events = eventsIn(data);
    if (events.length === 0) return;
    this.alive();
    if (events.some((event) => event.type === "connected")) this.connected();
    this.deps.onEvents(events);
    if (events.some((event) => event.type === "session.revoked")) this.revoked();
  }

  private connected(): void {
    this.attempt = 0;
    this.wasConnected = true;
    this.setStatus("connected");
  }

  /** Anything heard proves the connection; the next proof is asked for in a while. */
  private alive(): void {
    clearTimeout(this.deadline);
    clearTimeout(this.pingTimer);
    this.pingTimer = setTimeout(() => {
      if (this.send({ action: "ping" })) this.deadline = setTimeout(() => this.lose(), socketTimes.pong);
      else this.lose();
    }, socketTimes.ping);
  }

  private closed(code: number): void {
    if (code === sessionRevokedCode) return this.revoked();
    this.drop();
    if (code === serviceRestart.code) this.scheduleRetry((this.deps.random ?? Math.random)() * serviceRestart.spread);
    else this.scheduleRetry();
  }

  private revoked(): void {
    this.stop();
    this.deps.onSessionRevoked();
  }

  private lose(): void {
    this.drop();
    this.scheduleRetry();
  }

  private drop(): void {
    this.generation++;
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    clearTimeout(this.pingTimer);
    clearTimeout(this.deadline);
    this.socket?.close();
    this.socket = null;
  }

  /** @param pause milliseconds */
  private scheduleRetry(pause = backoff(this.attempt++, this.deps.random)): void {
    if (!this.running) return;
    this.setStatus(this.waitingStatus());
    this.retryTimer = setTimeout(() => this.retry(), pause);
  }

  private retry(): void {
    this.retryTimer = undefined;
    void this.connect();
  }

  private waitingStatus(): ConnectionStatus {
    if (!this.deps.isOnline()) return "offline";
    return this.wasConnected || this.attempt > 1 ? "reconnecting" : "connecting";
  }

  private setStatus(status: ConnectionStatus): void {
    if (status === this.status) return;
    this.status = status;
    this.deps.onStatus(status);
  }
}

/** The events of a server frame. API Gateway's own errors (`{message, connectionId, requestId}`) hold none. */
function eventsIn(data: unknown): readonly Event[] {
  try {
    const frame = JSON.parse(String(data)) as { events?: Event[] } | null;
    return Array.isArray(frame?.events) ? frame.events : [];
  } catch {
    return [];
  }
}

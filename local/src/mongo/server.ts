import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { isDoc } from "./bson/values";
import type { Services } from "./commands/call";
import { Cursors } from "./cursors";
import { Database } from "./database";
import { Dispatcher } from "./dispatch";
import { FailPoint } from "./fail-point";
import { forgetOld } from "./retry";
import { Transactions } from "./transactions";
import { sweepExpired } from "./ttl";
import type { Request } from "./wire";
import { MessageReader, parseMessage } from "./wire";

/** How to start the server. */
export interface MongoServerOptions {
  /** TCP port; 0 takes a free one. */
  port: number;
  /** Address to listen at; default 127.0.0.1, this machine only. There is no authentication. */
  host?: string;
  /** Folder of the data, created when missing. Without it the data is kept in memory and gone after close. */
  path?: string;
  /** Milliseconds between two sweeps of TTL indexes; default 60,000, as MongoDB. */
  ttlSweepMs?: number;
  /** Milliseconds after which an open transaction is aborted; default 60,000, as MongoDB's transactionLifetimeLimitSeconds. */
  transactionLifetimeMs?: number;
  /** Called with mistakes of the server itself, which clients see as InternalError. Default: standard error. */
  onInternalError?: (error: unknown, command: string) => void;
}

/** A running server. */
export interface MongoServer {
  port: number;
  /** Connection string, of a replica set with this one member: drivers then use sessions, retries and transactions. */
  uri: string;
  /** Removes expired documents now. @returns how many. */
  sweepExpired(): Promise<number>;
  /** Ends connections, aborts open transactions and closes the files. */
  close(): Promise<void>;
}

const logInternalError = (error: unknown, command: string): void => {
  console.error(`mongo: internal error in ${command}:`, error);
};

class Connection {
  private readonly reader = new MessageReader();
  private queue: Promise<void> = Promise.resolve();
  private appName: string | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly dispatcher: Dispatcher,
  ) {
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => this.receive(bytes));
  }

  private receive(bytes: Buffer): void {
    try {
      for (const message of this.reader.push(bytes)) {
        this.queue = this.queue.then(() => this.handle(message)).catch(() => void this.socket.destroy());
      }
    } catch {
      this.socket.destroy();
    }
  }

  private async handle(message: Buffer): Promise<void> {
    if (this.socket.destroyed) return;
    const request = parseMessage(message);
    this.noteClient(request);
    const reply = await this.dispatcher.answer(request, this.appName);
    if (request.silent || this.socket.destroyed) return;
    this.socket.cork();
    for (const part of request.respond(reply)) this.socket.write(part);
    this.socket.uncork();
  }

  private noteClient({ command }: Request): void {
    const client = isDoc(command.client) ? command.client : undefined;
    const application = isDoc(client?.application) ? client.application.name : undefined;
    if (typeof application === "string") this.appName = application;
  }
}

function makeServices(database: Database, transactionLifetimeMs: number): Services {
  const cursors = new Cursors();
  const transactions = new Transactions(
    () => database.begin(),
    (ended) => cursors.killWhere(({ transaction }) => transaction === ended),
    transactionLifetimeMs,
  );
  return { database, cursors, transactions, failPoint: new FailPoint(), address: "" };
}

/** Everything that happens by the clock: expiry, idle cursors, transactions left open. */
function startSweeps(
  services: Services,
  everyMs: number,
  report: (error: unknown, command: string) => void,
): NodeJS.Timeout[] {
  const slow = setInterval(() => {
    const { database, cursors } = services;
    cursors.closeIdle(Date.now());
    sweepExpired(database)
      .then(() => database.write((unit) => forgetOld(unit, Date.now())))
      .catch((error: unknown) => report(error, "sweep"));
  }, everyMs);
  const fast = setInterval(() => services.transactions.abortOld(Date.now()), 1000);
  return [slow.unref(), fast.unref()];
}

/**
 * Starts a server that speaks MongoDB's wire protocol.
 * @throws Error when the port is taken (its `code` is EADDRINUSE), or the folder is in use or of another format.
 */
export async function startMongoServer(options: MongoServerOptions): Promise<MongoServer> {
  const {
    host = "127.0.0.1",
    onInternalError = logInternalError,
    ttlSweepMs = 60_000,
    transactionLifetimeMs = 60_000,
  } = options;
  const sockets = new Set<Socket>();
  const listener = createServer();
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(options.port, host, resolve);
  });
  const { port } = listener.address() as AddressInfo;
  const stopListening = () => new Promise<void>((resolve) => listener.close(() => resolve()));
  let database: Database;
  try {
    database = Database.open(options.path);
  } catch (error) {
    await stopListening();
    throw error;
  }
  const services = { ...makeServices(database, transactionLifetimeMs), address: `${host}:${port}` };
  const dispatcher = new Dispatcher(services, onInternalError);
  listener.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    new Connection(socket, dispatcher);
  });
  const timers = startSweeps(services, ttlSweepMs, onInternalError);
  return {
    port,
    uri: `mongodb://${host}:${port}/?replicaSet=rs0`,
    sweepExpired: () => sweepExpired(database),
    async close() {
      for (const timer of timers) clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      await stopListening();
      services.transactions.abortAll();
      await database.close();
    },
  };
}

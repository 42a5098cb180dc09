import { createServer, STATUS_CODES, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { Connection } from "./connection";
import { connectEvent, disconnectEvent, messageEvent, newConnectionId, type ConnectionFacts } from "./events";
import { FrameScanner } from "./frame-scanner";
import { invoke, type LambdaHandler } from "./lambda";
import { apiGatewayLimits, type Limits } from "./limits";
import { manage } from "./management";

export type { LambdaHandler } from "./lambda";

export interface GatewayOptions {
  /** 0 for any free one. */
  port: number;
  host?: string;
  handlers: { connect: LambdaHandler; disconnect: LambdaHandler; message: LambdaHandler };
  /** Verifies the service tokens of `GatewaySender`. */
  serviceSecret: string;
  limits?: Partial<Limits>;
  /** Told what a handler threw. */
  onError?: (error: unknown) => void;
}

export interface Gateway {
  port: number;
  /** Where clients connect. */
  url: string;
  /** Where frames are posted: the endpoint of both senders. */
  management: string;
  connections: ReadonlyMap<string, Connection>;
  close(): Promise<void>;
}

const stage = "local";
const tooLarge = 1009;
/** Tells clients to come back one after the other. */
const serviceRestart = 1012;
/** Milliseconds that clients have to answer a close frame when the gateway ends. */
const farewell = 1000;

function reject(socket: Duplex, status: number): void {
  const reason = STATUS_CODES[status] ?? "Error";
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n${JSON.stringify({ message: reason })}`,
  );
}

/** Enforces the frame limit, which has no place in the WebSocket library. */
function watchFrames(stream: Duplex, head: Buffer, connection: Connection): void {
  const scanner = new FrameScanner(connection.limits.frame);
  const check = (bytes: Buffer) => {
    if (!scanner.isOverLimit(bytes)) return;
    stream.off("data", check);
    connection.close(tooLarge, "Frame too large");
  };
  stream.prependListener("data", check);
  if (head.length > 0) check(head);
}

/**
 * API Gateway's WebSocket API on one port of this machine: runs the very handlers that Lambda runs, with events of the
 * same shape, serves `@connections` to the AWS client, and enforces the limits of the real one.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { handlers, host = "127.0.0.1", onError = () => undefined } = options;
  const limits = { ...apiGatewayLimits, ...options.limits };
  const connections = new Map<string, Connection>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.message, perMessageDeflate: false });
  const gateway = { connections, serviceSecret: options.serviceSecret, limits };
  const server = createServer((request, response) => void manage(request, response, gateway));

  async function onMessage(connection: Connection, data: Buffer, isBinary: boolean): Promise<void> {
    const event = messageEvent(connection.facts, "$default", data, isBinary);
    try {
      await invoke("message", handlers.message, event);
    } catch (error) {
      onError(error);
      const { requestId } = event.requestContext;
      connection.send(
        JSON.stringify({ message: "Internal server error", connectionId: connection.facts.id, requestId }),
      );
    }
  }

  function accept(facts: ConnectionFacts, socket: WebSocket, stream: Duplex, head: Buffer): void {
    const connection = new Connection(facts, socket, limits);
    connections.set(facts.id, connection);
    watchFrames(stream, head, connection);
    socket.on("message", (data: Buffer, isBinary: boolean) => void onMessage(connection, data, isBinary));
    socket.on("close", (code, reason) => {
      connections.delete(facts.id);
      invoke("disconnect", handlers.disconnect, disconnectEvent(facts, code, reason.toString())).catch(onError);
    });
  }

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const facts: ConnectionFacts = {
      id: newConnectionId(),
      connectedAt: Date.now(),
      sourceIp: request.socket.remoteAddress ?? "",
      userAgent: request.headers["user-agent"],
      domainName: request.headers.host ?? "",
      stage,
    };
    try {
      const url = new URL(request.url ?? "/", "http://gateway");
      const { statusCode } = await invoke("connect", handlers.connect, connectEvent(request, url, facts));
      if (statusCode < 200 || statusCode > 299) return reject(stream, statusCode);
      sockets.handleUpgrade(request, stream, head, (socket) => accept(facts, socket, stream, head));
    } catch (error) {
      onError(error);
      reject(stream, 502);
    }
  }

  server.on("upgrade", (request, stream, head) => {
    stream.on("error", () => stream.destroy());
    void upgrade(request, stream, head);
  });
  await new Promise<void>((resolve, fail) => {
    server.once("error", fail);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `ws://${host}:${port}/${stage}`,
    management: `http://${host}:${port}`,
    connections,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections.values()) connection.close(serviceRestart, "Service restart");
      server.closeIdleConnections();
      const impatience = setTimeout(() => {
        for (const { socket } of connections.values()) socket.terminate();
        server.closeAllConnections();
      }, farewell);
      await closed;
      clearTimeout(impatience);
    },
  };
}

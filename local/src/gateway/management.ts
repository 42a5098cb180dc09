import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { audience, verifyToken } from "@connectbest/websocket";
import * as z from "zod";
import type { Connection } from "./connection";
import { carryOut } from "./deliveries";
import type { Limits } from "./limits";

interface Management {
  connections: ReadonlyMap<string, Connection>;
  serviceSecret: string;
  limits: Limits;
}

/** Bytes of one call of `GatewaySender`: enough for a thousand connections' worth of full messages to a few. */
const bodyLimit = 64 * 1024 * 1024;

function send(response: ServerResponse, status: number, body?: unknown, errorType?: string): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "x-amzn-requestid": randomUUID(),
    ...(errorType && { "x-amzn-errortype": errorType }),
  });
  response.end(body === undefined ? "" : JSON.stringify(body));
}

async function read(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
}

/** AWS's `@connections` API: POST, GET and DELETE of one connection. */
async function oneConnection(id: string, request: IncomingMessage, response: ServerResponse, gateway: Management) {
  if (!request.headers.authorization?.startsWith("AWS4-HMAC-SHA256 "))
    return send(response, 403, { message: "Missing Authentication Token" }, "ForbiddenException");
  const body = await read(request, gateway.limits.message);
  const connection = gateway.connections.get(id);
  if (!connection?.isOpen) return send(response, 410, undefined, "GoneException");
  switch (request.method) {
    case "POST":
      if (!body) return send(response, 413, { message: "Message too long" }, "PayloadTooLargeException");
      return connection.send(body) ? send(response, 200) : send(response, 410, undefined, "GoneException");
    case "GET":
      return send(response, 200, {
        connectedAt: new Date(connection.facts.connectedAt).toISOString(),
        lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
        identity: { sourceIp: connection.facts.sourceIp, userAgent: connection.facts.userAgent },
      });
    case "DELETE":
      connection.close(1000, "Connection Closed Normally");
      return send(response, 204);
    default:
      return send(response, 405, { message: "Method Not Allowed" });
  }
}

const Closures = z.object({ connectionIds: z.array(z.string()), code: z.int().min(1000).max(4999) });

/** Our own API beside it: many connections in one call. */
async function many(path: string, request: IncomingMessage, response: ServerResponse, gateway: Management) {
  const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
  if (!verifyToken(token, gateway.serviceSecret, audience.service, z.object({})))
    return send(response, 401, { message: "Unauthorized" });
  const body = await read(request, bodyLimit);
  if (!body) return send(response, 413, { message: "Message too long" });
  const find = (id: string) => gateway.connections.get(id);
  if (path === "/deliveries")
    return send(response, 200, { gone: carryOut(body.toString(), find, gateway.limits.message) });
  const { connectionIds, code } = Closures.parse(JSON.parse(body.toString()));
  for (const id of connectionIds) find(id)?.close(code);
  return send(response, 200, {});
}

/** Everything that is not a handshake. */
export async function manage(request: IncomingMessage, response: ServerResponse, gateway: Management): Promise<void> {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const id = /^(?:\/[^/@]+)?\/@connections\/(.+)$/.exec(path)?.[1];
  try {
    if (id !== undefined) return await oneConnection(decodeURIComponent(id), request, response, gateway);
    if (request.method === "POST" && (path === "/deliveries" || path === "/closures"))
      return await many(path, request, response, gateway);
    if (path === "/health") return send(response, 200, { status: "ok", connections: gateway.connections.size });
    send(response, 403, { message: "Forbidden" });
  } catch {
    send(response, 400, { message: "Bad Request" });
  }
}

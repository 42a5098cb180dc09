import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Looks like API Gateway's: 12 bytes of base64 ending in "=". */
export const newConnectionId = (): string =>
  `${randomBytes(11).toString("base64").replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}=`;

export interface ConnectionFacts {
  id: string;
  /** Milliseconds since the epoch. */
  connectedAt: number;
  sourceIp: string;
  userAgent: string | undefined;
  domainName: string;
  stage: string;
}

type EventType = "CONNECT" | "MESSAGE" | "DISCONNECT";

/**
 * `requestContext` of a WebSocket route's event.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 */
export function requestContext(facts: ConnectionFacts, routeKey: string, eventType: EventType, extra: object = {}) {
  const now = new Date();
  return {
    routeKey,
    eventType,
    extendedRequestId: newConnectionId(),
    requestTime: now.toUTCString(),
    requestTimeEpoch: now.getTime(),
    messageDirection: "IN",
    stage: facts.stage,
    connectedAt: facts.connectedAt,
    identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent },
    requestId: newConnectionId(),
    domainName: facts.domainName,
    connectionId: facts.id,
    apiId: "local",
    ...extra,
  };
}

function headersOf(request: IncomingMessage) {
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const [name, value] = [request.rawHeaders[i] ?? "", request.rawHeaders[i + 1] ?? ""];
    headers[name] = value;
    (multiValueHeaders[name] ??= []).push(value);
  }
  return { headers, multiValueHeaders };
}

function queryOf(url: URL) {
  const names = [...new Set(url.searchParams.keys())];
  if (names.length === 0) return {};
  return {
    queryStringParameters: Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name).at(-1)])),
    multiValueQueryStringParameters: Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name)])),
  };
}

export const connectEvent = (request: IncomingMessage, url: URL, facts: ConnectionFacts) => ({
  ...headersOf(request),
  ...queryOf(url),
  requestContext: requestContext(facts, "$connect", "CONNECT"),
  isBase64Encoded: false,
});

export const messageEvent = (facts: ConnectionFacts, routeKey: string, data: Buffer, isBinary: boolean) => ({
  requestContext: requestContext(facts, routeKey, "MESSAGE", { messageId: newConnectionId() }),
  body: data.toString(isBinary ? "base64" : "utf8"),
  isBase64Encoded: isBinary,
});

export const disconnectEvent = (facts: ConnectionFacts, code: number, reason: string) => ({
  headers: { Host: facts.domainName, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": "" },
  multiValueHeaders: {},
  requestContext: requestContext(facts, "$disconnect", "DISCONNECT", {
    disconnectStatusCode: code,
    disconnectReason: reason,
  }),
  isBase64Encoded: false,
});

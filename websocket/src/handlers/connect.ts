import { userTopic } from "@connectbest/contract";
import type {
  APIGatewayProxyResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
  APIGatewayEventWebsocketRequestContextV2,
} from "aws-lambda";
import { ApiRefusal } from "../api-client";
import { handlerOf, type Runtime } from "../runtime";
import { readTicket } from "../tokens";
import { listenTo } from "./listen-to";

/** API Gateway's `$connect` event: unlike a message's, it carries the handshake's headers and query. */
export type ConnectEvent =
  APIGatewayProxyWebsocketEventV2WithRequestContext<APIGatewayEventWebsocketRequestContextV2> & {
    headers?: Record<string, string | undefined>;
    queryStringParameters?: Record<string, string | undefined>;
  };

const refuse = (statusCode: number): APIGatewayProxyResultV2 => ({ statusCode });

const headerOf = (event: ConnectEvent, name: string): string | undefined =>
  Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];

/**
 * Lets a connection in: right origin, a good unused ticket. The user's own topic is written before the API is asked
 * for the channels, so that a channel joined meanwhile finds this connection already there.
 */
export async function connect(event: ConnectEvent, runtime: Runtime): Promise<APIGatewayProxyResultV2> {
  const { config, connections, api } = runtime;
  const origin = headerOf(event, "origin");
  // Programs send no Origin; browsers always do, and only our own pages may connect.
  if (origin !== undefined && !config.ALLOWED_ORIGINS.includes(origin)) return refuse(403);
  const ticket = event.queryStringParameters?.["ticket"] ?? "";
  const claims = readTicket(ticket, config);
  if (!claims) return refuse(401);

  const identity = {
    connectionId: event.requestContext.connectionId,
    userId: claims.sub,
    userName: "",
    sessionId: claims.sid,
    connectedAt: Date.now(),
  };
  await connections.add([identity], [userTopic(claims.sub)]);
  try {
    const { userName, channelIds } = await api.acceptConnection({ ticket });
    await listenTo({ ...identity, userName }, channelIds, [], runtime);
    return { statusCode: 200 };
  } catch (error) {
    await connections.forget(identity.connectionId);
    if (error instanceof ApiRefusal) return refuse(error.status);
    throw error;
  }
}

export const handler = handlerOf(connect);

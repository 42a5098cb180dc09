import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { handlerOf, type Runtime } from "../runtime";
import { refreshPresence } from "./refresh-presence";

/** Forgets a connection. Best effort by nature: API Gateway may never call it, and rows expire anyway. */
export async function disconnect(
  event: Pick<APIGatewayProxyWebsocketEventV2, "requestContext">,
  runtime: Runtime,
): Promise<APIGatewayProxyResultV2> {
  const [row] = await runtime.connections.forget(event.requestContext.connectionId);
  if (row) await refreshPresence(row.userId, runtime);
  return { statusCode: 200 };
}

export const handler = handlerOf(disconnect);

import { userTopic } from "@connectbest/contract";
import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { runtime, type Runtime } from "../runtime";

async function isStillConnected(userId: string, { connections }: Runtime): Promise<boolean> {
  for await (const page of connections.subscriptions(userTopic(userId))) if (page.length > 0) return true;
  return false;
}

/** Forgets a connection. Best effort by nature: API Gateway may never call it, and rows expire anyway. */
export async function disconnect(
  event: Pick<APIGatewayProxyWebsocketEventV2, "requestContext">,
  runtime: Runtime,
): Promise<APIGatewayProxyResultV2> {
  const rows = await runtime.connections.forget(event.requestContext.connectionId);
  const userId = rows[0]?.userId;
  if (userId && !(await isStillConnected(userId, runtime))) {
    const channels = rows.map((row) => row.topic).filter((topic) => topic !== userTopic(userId));
    await runtime.delivery.deliverToAny(channels, [{ type: "presence", userId, status: "offline" }]);
  }
  return { statusCode: 200 };
}

export const handler = (event: APIGatewayProxyWebsocketEventV2): Promise<APIGatewayProxyResultV2> =>
  disconnect(event, runtime());

import { ApiClient } from "./api-client";
import { readLambdaConfig, type LambdaConfig } from "./config";
import type { Connections } from "./connections";
import { Delivery } from "./deliver";
import { createConnections, createSender, serviceTokens } from "./realtime";
import type { Sender } from "./senders/sender";

/** What a handler works with: made once a Lambda instance, kept while it is warm. */
export interface Runtime {
  config: LambdaConfig;
  connections: Connections;
  sender: Sender;
  delivery: Delivery;
  api: ApiClient;
}

export function createRuntime(config: LambdaConfig): Runtime {
  const connections = createConnections(config);
  const sender = createSender(config);
  return {
    config,
    connections,
    sender,
    delivery: new Delivery(connections, sender),
    api: new ApiClient(config.API_URL, serviceTokens(config.SERVICE_SECRET)),
  };
}

let warm: Runtime | undefined;
export const runtime = (): Runtime => (warm ??= createRuntime(readLambdaConfig()));

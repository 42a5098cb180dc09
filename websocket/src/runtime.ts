import { ApiClient } from "./api-client";
import { readLambdaConfig, type LambdaConfig } from "./config";
import type { Connections } from "./connections";
import { Delivery } from "./deliver";
import { createMetrics, type Metrics } from "./metrics";
import { createConnections, createSender, serviceTokens } from "./realtime";
import type { Sender } from "./senders/sender";

/** What a handler works with: made once a Lambda instance, kept while it is warm. */
export interface Runtime {
  config: LambdaConfig;
  connections: Connections;
  sender: Sender;
  delivery: Delivery;
  api: ApiClient;
  metrics: Metrics;
}

export function createRuntime(config: LambdaConfig): Runtime {
  const { SERVICE_SECRET, SERVICE_SECRET_PREVIOUS } = config;
  const connections = createConnections(config);
  const metrics = createMetrics(config.METRICS_NAMESPACE);
  const sender = createSender(config, metrics);
  const tokens = [SERVICE_SECRET, SERVICE_SECRET_PREVIOUS].flatMap((secret) => (secret ? [serviceTokens(secret)] : []));
  return {
    config,
    connections,
    sender,
    delivery: new Delivery(connections, sender, { metrics }),
    api: new ApiClient(config.API_URL, tokens),
    metrics,
  };
}

/** Milliseconds after which a warm instance looks again for its secrets: so long a changed one takes to reach all. */
const secretsLifetime = 300_000;

/** The runtime of this instance, and when its secrets were last looked for. */
let warm: { runtime: Promise<Runtime>; lookedAt: number } | undefined;

const hasSameSecrets = (a: LambdaConfig, b: LambdaConfig): boolean =>
  (["JWT_SECRET", "JWT_SECRET_PREVIOUS", "SERVICE_SECRET", "SERVICE_SECRET_PREVIOUS"] as const).every(
    (name) => a[name] === b[name],
  );

/** Made anew where a secret has changed. While they cannot be looked for, all goes on as it was. */
async function refresh(before: Runtime): Promise<Runtime> {
  const config = await readLambdaConfig().catch(() => before.config);
  return hasSameSecrets(config, before.config) ? before : createRuntime(config);
}

function current(): Promise<Runtime> {
  const lookedAt = Date.now();
  if (warm && lookedAt - warm.lookedAt < secretsLifetime) return warm.runtime;
  const runtime = warm ? warm.runtime.then(refresh) : readLambdaConfig().then(createRuntime);
  warm = { runtime, lookedAt };
  // An instance that cannot begin begins again with the next event.
  runtime.catch(() => (warm = undefined));
  return runtime;
}

/** A Lambda's entry: answers an event with the warm runtime, and writes down what was counted before the instance is frozen. */
export const handlerOf =
  <E, R>(answer: (event: E, runtime: Runtime) => Promise<R>) =>
  async (event: E): Promise<R> => {
    const runtime = await current();
    try {
      return await answer(event, runtime);
    } finally {
      runtime.metrics.flush();
    }
  };

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

let warm: { runtime: Promise<Runtime>; madeAt: number } | undefined;

/** The runtime of this instance. What cannot be made anew goes on as it was. */
async function current(): Promise<Runtime> {
  const before = warm;
  const isOld = before && Date.now() - before.madeAt > secretsLifetime;
  if (before && !isOld) return before.runtime;
  const config = readLambdaConfig();
  if (!before) {
    warm = { runtime: config.then(createRuntime), madeAt: Date.now() };
    // The next call tries again.
    warm.runtime.catch(() => (warm = undefined));
    return warm.runtime;
  }
  before.madeAt = Date.now();
  const [outcome] = await Promise.allSettled([config]);
  const runtime = await before.runtime;
  if (outcome.status === "fulfilled" && !hasSameSecrets(outcome.value, runtime.config))
    warm = { runtime: Promise.resolve(createRuntime(outcome.value)), madeAt: Date.now() };
  return warm?.runtime ?? runtime;
}

const hasSameSecrets = (a: LambdaConfig, b: LambdaConfig): boolean =>
  (["JWT_SECRET", "JWT_SECRET_PREVIOUS", "SERVICE_SECRET", "SERVICE_SECRET_PREVIOUS"] as const).every(
    (name) => a[name] === b[name],
  );

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

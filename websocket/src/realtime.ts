import { userTopic, workspaceTopic, type Event } from "@connectbest/contract";
import { Connections, type Subscription } from "./connections";
import { Delivery } from "./deliver";
import { ApiGatewaySender } from "./senders/api-gateway-sender";
import type { Metrics } from "./metrics";
import { GatewaySender } from "./senders/gateway-sender";
import type { Sender } from "./senders/sender";
import { issueServiceToken } from "./tokens";

/** The variables that the API and the Lambdas share. */
export interface RealtimeConfig {
  AWS_REGION: string;
  CONNECTIONS_TABLE: string;
  DYNAMODB_ENDPOINT?: string | undefined;
  REALTIME_SENDER: "gateway" | "apigateway";
  REALTIME_ENDPOINT: string;
  SERVICE_SECRET: string;
}

/** Close code of a socket whose session ended. */
export const sessionRevokedCode = 4001;

/** A service token that is renewed well before it expires. */
export function serviceTokens(secret: string): () => string {
  let token = "";
  let renewAt = 0;
  return () => {
    if (Date.now() >= renewAt) {
      token = issueServiceToken(secret);
      renewAt = Date.now() + 120_000;
    }
    return token;
  };
}

export function createSender(config: RealtimeConfig, metrics?: Metrics): Sender {
  if (config.REALTIME_SENDER === "gateway")
    return new GatewaySender({ endpoint: config.REALTIME_ENDPOINT, token: serviceTokens(config.SERVICE_SECRET) });
  return new ApiGatewaySender({
    endpoint: config.REALTIME_ENDPOINT,
    region: config.AWS_REGION,
    isLocal: config.DYNAMODB_ENDPOINT !== undefined,
    ...(metrics && { metrics }),
  });
}

export const createConnections = (config: RealtimeConfig): Connections =>
  new Connections({
    region: config.AWS_REGION,
    table: config.CONNECTIONS_TABLE,
    endpoint: config.DYNAMODB_ENDPOINT,
  });

/** Says why, closes, and forgets: each whatever became of the others, so that nothing goes on listening. */
export async function endConnections(ids: string[], connections: Connections, sender: Sender): Promise<void> {
  const event: Event = { type: "session.revoked" };
  const forgotten = Promise.allSettled(ids.map((id) => connections.forget(id)));
  const [told] = await Promise.allSettled([sender.send(ids, [JSON.stringify(event)])]);
  const [closed] = await Promise.allSettled([sender.close(ids, sessionRevokedCode)]);
  const failed = [told, closed, ...(await forgotten)].find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}

/** Somebody with at least one connected device. */
export interface LiveUser {
  userId: string;
  isIdle: boolean;
}

function summarize(rows: Subscription[]): LiveUser[] {
  const idle = new Map<string, boolean>();
  for (const { userId, isIdle = false } of rows) idle.set(userId, (idle.get(userId) ?? true) && isIdle);
  return [...idle].map(([userId, isIdle]) => ({ userId, isIdle }));
}

/** Milliseconds between two look-ups of who listens to a busy channel. */
const freshness = 100;

/** What the API does with live connections: see its `Realtime` port. */
export class LiveRealtime {
  readonly #connections: Connections;
  readonly #delivery: Delivery;
  readonly #sender: Sender;

  constructor(connections: Connections, sender: Sender, metrics?: Metrics) {
    this.#connections = connections;
    this.#sender = sender;
    this.#delivery = new Delivery(connections, sender, { freshness, ...(metrics && { metrics }) });
  }

  deliver(topic: string, events: Event[]): Promise<void> {
    return this.#delivery.deliver(topic, events);
  }

  async subscribe(userIds: string[], channelId: string): Promise<void> {
    await Promise.all(
      userIds.map(async (userId) => this.#connections.add(await this.#connectionsOf(userId), [channelId])),
    );
  }

  /** Once resolved, what is said in the channel from now on is not sent to them: see {@link Delivery.settled}. */
  async unsubscribe(userId: string, channelId: string): Promise<void> {
    const rows = await this.#connectionsOf(userId);
    await this.#connections.remove(rows.map(({ connectionId }) => ({ connectionId, topic: channelId })));
    if (rows.length > 0) await this.#delivery.settled();
  }

  async endSession(userId: string, sessionId: string): Promise<void> {
    const rows = (await this.#connectionsOf(userId)).filter((row) => row.sessionId === sessionId);
    const ids = rows.map((row) => row.connectionId);
    await endConnections(ids, this.#connections, this.#sender);
  }

  /** The users who listen to a channel now, on any device. */
  async listenersOf(channelId: string): Promise<string[]> {
    return [...new Set((await this.#rowsOf(channelId)).map((row) => row.userId))];
  }

  /** Everybody of whom a device is connected, and whether all their devices are idle. */
  async liveUsers(): Promise<LiveUser[]> {
    return summarize(await this.#rowsOf(workspaceTopic));
  }

  /** The same of one person; `undefined` when none of their devices is connected. */
  async liveUser(userId: string): Promise<LiveUser | undefined> {
    return summarize(await this.#connectionsOf(userId))[0];
  }

  /** @returns whether `told` is news: see {@link Connections.noteTold} */
  noteTold(userId: string, told: string, lifetime: number): Promise<boolean> {
    return this.#connections.noteTold(userId, told, lifetime);
  }

  /** One row a live connection: each listens to its user's own topic. */
  #connectionsOf(userId: string): Promise<Subscription[]> {
    return this.#rowsOf(userTopic(userId));
  }

  async #rowsOf(topic: string): Promise<Subscription[]> {
    const rows: Subscription[] = [];
    for await (const page of this.#connections.subscriptions(topic)) rows.push(...page);
    return rows;
  }
}

export const createRealtime = (config: RealtimeConfig, metrics?: Metrics): LiveRealtime =>
  new LiveRealtime(createConnections(config), createSender(config, metrics), metrics);

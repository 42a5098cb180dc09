import { userTopic, workspaceTopic } from "@connectbest/contract";
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  UpdateItemCommand,
  type AttributeValue,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";

/** Who opened a connection. */
export interface Identity {
  connectionId: string;
  userId: string;
  userName: string;
  sessionId: string;
  /** Milliseconds since the epoch. */
  connectedAt: number;
}

/** One DynamoDB row: a connection listens to a topic. */
export interface Subscription extends Identity {
  /** A channel's id, `user:<id>` or `workspace`. */
  topic: string;
  /** Nobody has touched the device for a while. Told by the rows of the user's and the workspace's topic. */
  isIdle?: boolean;
}

/** As much of a subscription as a delivery needs. */
export type Listener = Pick<Subscription, "connectionId" | "connectedAt">;

export interface ConnectionsConfig {
  region: string;
  table: string;
  endpoint?: string | undefined;
}

/** Index by topic (partition) and connection (sort). */
export const topicIndex = "channelId-index";

/** Rows outlive the longest connection (API Gateway: 2 h) by far; DynamoDB then drops what `$disconnect` never did. */
const rowLifetimeSeconds = 24 * 3600;
/** DynamoDB's limit for one BatchWriteItem. */
const batchLimit = 25;

const text = (value: AttributeValue | undefined): string => value?.S ?? "";

const toItem = (row: Subscription): Record<string, AttributeValue> => ({
  connectionId: { S: row.connectionId },
  channelId: { S: row.topic },
  userId: { S: row.userId },
  userName: { S: row.userName },
  sessionId: { S: row.sessionId },
  connectedAt: { N: String(row.connectedAt) },
  ttl: { N: String(Math.floor(row.connectedAt / 1000) + rowLifetimeSeconds) },
});

const fromItem = (item: Record<string, AttributeValue>): Subscription => ({
  connectionId: text(item["connectionId"]),
  topic: text(item["channelId"]),
  userId: text(item["userId"]),
  userName: text(item["userName"]),
  sessionId: text(item["sessionId"]),
  connectedAt: Number(item["connectedAt"]?.N ?? 0),
  isIdle: item["idle"]?.BOOL === true,
});

/** Of a connection's rows the one by its owner's topic, which it has as long as it is open. */
export const ownRowOf = (rows: Subscription[]): Subscription | undefined =>
  rows.find(({ topic, userId }) => topic === userTopic(userId));

const keyOf = (connectionId: string, topic: string) => ({ connectionId: { S: connectionId }, channelId: { S: topic } });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The table of live connections. Nobody else reads or writes it. */
export class Connections {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(config: ConnectionsConfig) {
    this.#table = config.table;
    this.#client = new DynamoDBClient({
      region: config.region,
      // A table that hangs must not hang the write that only wants to tell of itself.
      requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
      ...(config.endpoint && {
        endpoint: config.endpoint,
        // A local DynamoDB checks no signature, but the client insists on having something to sign with.
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
      }),
    });
    // It filters a copy of every answer for a log that nobody keeps.
    this.#client.middlewareStack.remove("loggerMiddleware");
  }

  /** Those listening to a topic, a page of the index (1 MB) at a time: the look-up behind every delivery. */
  async *listeners(topic: string): AsyncGenerator<Listener[]> {
    for await (const items of this.#onTopic(topic, "connectionId, connectedAt, #ttl"))
      yield items.map((item) => ({
        connectionId: text(item["connectionId"]),
        connectedAt: Number(item["connectedAt"]?.N ?? 0),
      }));
  }

  /** Those listening to a topic, with all that is known of them. */
  async *subscriptions(topic: string): AsyncGenerator<Subscription[]> {
    for await (const items of this.#onTopic(topic)) yield items.map(fromItem);
  }

  async *#onTopic(topic: string, projection?: string): AsyncGenerator<Record<string, AttributeValue>[]> {
    const pages = paginateQuery(
      { client: this.#client },
      {
        TableName: this.#table,
        IndexName: topicIndex,
        KeyConditionExpression: "channelId = :topic",
        ExpressionAttributeValues: { ":topic": { S: topic } },
        ...(projection && { ProjectionExpression: projection, ExpressionAttributeNames: { "#ttl": "ttl" } }),
      },
    );
    const now = Date.now() / 1000;
    // DynamoDB removes expired rows up to two days late: here they are gone on time.
    for await (const { Items = [] } of pages) yield Items.filter((item) => Number(item["ttl"]?.N ?? 0) > now);
  }

  /** Every row of one connection, as last written. */
  async ofConnection(connectionId: string): Promise<Subscription[]> {
    const rows: Subscription[] = [];
    for await (const { Items = [] } of paginateQuery(
      { client: this.#client },
      {
        TableName: this.#table,
        KeyConditionExpression: "connectionId = :id",
        ExpressionAttributeValues: { ":id": { S: connectionId } },
        ConsistentRead: true,
      },
    ))
      rows.push(...Items.map(fromItem));
    return rows;
  }

  /** Who opened the connection; `undefined` when it has no rows (any more). */
  async identify(connectionId: string): Promise<Identity | undefined> {
    for await (const { Items = [] } of paginateQuery(
      { client: this.#client },
      {
        TableName: this.#table,
        KeyConditionExpression: "connectionId = :id AND begins_with(channelId, :user)",
        ExpressionAttributeValues: { ":id": { S: connectionId }, ":user": { S: "user:" } },
        ConsistentRead: true,
      },
    ))
      for (const item of Items) return fromItem(item);
    return undefined;
  }

  /** The connection's row for a topic, if it listens to it. */
  async find(connectionId: string, topic: string): Promise<Subscription | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: keyOf(connectionId, topic) }),
    );
    return Item && fromItem(Item);
  }

  async add(identities: Identity[], topics: string[]): Promise<void> {
    const rows = identities.flatMap((identity) => topics.map((topic) => ({ ...identity, topic })));
    await this.#write(rows.map((row) => ({ PutRequest: { Item: toItem(row) } })));
  }

  async remove(rows: { connectionId: string; topic: string }[]): Promise<void> {
    await this.#write(rows.map((row) => ({ DeleteRequest: { Key: keyOf(row.connectionId, row.topic) } })));
  }

  /** Forgets a connection altogether and answers what it listened to. */
  async forget(connectionId: string): Promise<Subscription[]> {
    const rows = await this.ofConnection(connectionId);
    await this.remove(rows);
    return rows;
  }

  /** Counts one more malformed frame of a connection. @returns how many there have been */
  async countMalformed(identity: Identity): Promise<number> {
    const { Attributes } = await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: keyOf(identity.connectionId, `user:${identity.userId}`),
        UpdateExpression: "ADD malformed :one",
        ConditionExpression: "attribute_exists(connectionId)",
        ExpressionAttributeValues: { ":one": { N: "1" } },
        ReturnValues: "UPDATED_NEW",
      }),
    );
    return Number(Attributes?.["malformed"]?.N ?? 0);
  }

  /** Remembers whether anybody is at the device. A row that is not there (any more) is not made. */
  async setIdle({ connectionId, userId }: Identity, isIdle: boolean): Promise<void> {
    for (const topic of [userTopic(userId), workspaceTopic])
      try {
        await this.#client.send(
          new UpdateItemCommand({
            TableName: this.#table,
            Key: keyOf(connectionId, topic),
            UpdateExpression: "SET idle = :idle",
            ConditionExpression: "attribute_exists(connectionId)",
            ExpressionAttributeValues: { ":idle": { BOOL: isIdle } },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
  }

  /**
   * Remembers, for all processes, what others were last told of somebody. @returns whether that is news
   * @param lifetime seconds after which it is news again in any case
   */
  async noteTold(userId: string, told: string, lifetime: number): Promise<boolean> {
    const now = Math.floor(Date.now() / 1000);
    const { Attributes } = await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: keyOf(`told:${userId}`, "told"),
        UpdateExpression: "SET told = :told, #ttl = :ttl",
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: { ":told": { S: told }, ":ttl": { N: String(now + lifetime) } },
        ReturnValues: "UPDATED_OLD",
      }),
    );
    return text(Attributes?.["told"]) !== told || Number(Attributes?.["ttl"]?.N ?? 0) <= now;
  }

  /** In batches; what DynamoDB leaves unprocessed is sent again, later each time. */
  async #write(requests: WriteRequest[]): Promise<void> {
    for (let start = 0; start < requests.length; start += batchLimit) {
      let open = requests.slice(start, start + batchLimit);
      for (let attempt = 0; open.length > 0; attempt++) {
        if (attempt > 0) await pause(Math.random() * 50 * 2 ** Math.min(attempt, 6));
        if (attempt > 8) throw new Error(`DynamoDB left ${open.length} writes unprocessed.`);
        const { UnprocessedItems } = await this.#client.send(
          new BatchWriteItemCommand({ RequestItems: { [this.#table]: open } }),
        );
        open = UnprocessedItems?.[this.#table] ?? [];
      }
    }
  }
}

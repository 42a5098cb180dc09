import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Event } from "@connectbest/contract";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Connections, type Identity } from "../connections";
import type { Sender } from "../senders/sender";
import { tableDefinition } from "../table";

const endpoint = process.env["TEST_DYNAMODB_ENDPOINT"] ?? "";
const region = "us-east-1";

/** A table of its own in the DynamoDB that the test run started. */
export async function freshConnections(): Promise<{ connections: Connections; table: string; endpoint: string }> {
  const table = `connections-${randomBytes(6).toString("hex")}`;
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  await client.send(new CreateTableCommand(tableDefinition(table)));
  client.destroy();
  return { connections: new Connections({ region, table, endpoint }), table, endpoint };
}

export const objectId = (): string => randomBytes(12).toString("hex");

export const identity = (change: Partial<Identity> = {}): Identity => ({
  connectionId: randomBytes(9).toString("base64url"),
  userId: objectId(),
  userName: "Somebody",
  sessionId: objectId(),
  connectedAt: Date.now() - 60_000,
  ...change,
});

/** Remembers what was sent to whom; connections in `gone` answer 410. */
export class SenderStub implements Sender {
  readonly sent: { connectionId: string; events: Event[] }[] = [];
  readonly closed: { connectionId: string; code: number }[] = [];
  readonly gone = new Set<string>();

  async send(connectionIds: string[], events: string[]): Promise<string[]> {
    const parsed = events.map((event) => JSON.parse(event) as Event);
    for (const connectionId of connectionIds) this.sent.push({ connectionId, events: parsed });
    return connectionIds.filter((id) => this.gone.has(id));
  }

  async close(connectionIds: string[], code: number): Promise<void> {
    this.closed.push(...connectionIds.map((connectionId) => ({ connectionId, code })));
  }

  /** Everything one connection was told, oldest first. */
  to(connectionId: string): Event[] {
    return this.sent.filter((entry) => entry.connectionId === connectionId).flatMap((entry) => entry.events);
  }
}

interface Call {
  path: string;
  method: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A small HTTP server in the place of another system, answering as the test says. */
export class HttpStub {
  readonly calls: Call[] = [];
  /** The most calls that were under way at once. */
  peak = 0;
  #open = 0;

  private constructor(
    readonly server: Server,
    readonly url: string,
  ) {}

  static async start(answer: (call: Call, nth: number) => Answer | Promise<Answer>): Promise<HttpStub> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const stub = new HttpStub(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("request", (request, response) => {
      stub.peak = Math.max(stub.peak, ++stub.#open);
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const call = {
          path: request.url ?? "",
          method: request.method ?? "",
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        };
        stub.calls.push(call);
        void Promise.resolve(answer(call, stub.calls.length)).then(({ status, body, headers }) => {
          stub.#open--;
          response.writeHead(status, { "content-type": "application/json", ...headers });
          response.end(body === undefined ? "" : JSON.stringify(body));
        });
      });
    });
    return stub;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

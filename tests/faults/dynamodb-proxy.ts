import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** `throttle`: refuses as a table does that is asked too much; `hang`: never answers; `half`: writes half of each batch. */
type Mood = "well" | "throttle" | "hang" | "half";

/** A DynamoDB with moods, in front of the one of this machine. */
export class DynamoDbProxy {
  readonly #server: Server;
  mood: Mood = "well";
  /** Calls that were refused, left hanging or done by half. */
  harmed = 0;

  private constructor(readonly target: number) {
    this.#server = createServer((incoming, outgoing) => void this.#answer(incoming, outgoing));
  }

  static async start(target: number): Promise<DynamoDbProxy> {
    const proxy = new DynamoDbProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isBatch = String(incoming.headers["x-amz-target"]).endsWith(".BatchWriteItem");
    if (this.mood === "well" || (this.mood === "half" && !isBatch)) return this.#pass(incoming, outgoing, body);
    this.harmed++;
    if (this.mood === "half") return this.#passHalf(incoming, outgoing, body);
    if (this.mood === "hang") return;
    const type = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException";
    outgoing.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
    outgoing.end(JSON.stringify({ __type: type, message: "The level of configured throughput was exceeded." }));
  }

  #pass({ method, url, headers }: IncomingMessage, outgoing: ServerResponse, body: Buffer): void {
    const { host: _, "content-length": __, ...rest } = headers;
    const call = request({ host: "127.0.0.1", port: this.target, method, path: url, headers: rest }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    call.on("error", () => outgoing.destroy());
    call.end(body);
  }

  /** DynamoDB answers 200, and names what it did not get to. */
  async #passHalf(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer): Promise<void> {
    const { RequestItems } = JSON.parse(body.toString()) as { RequestItems: Record<string, unknown[]> };
    const halves = Object.entries(RequestItems).map(
      ([table, items]) => [table, items, Math.ceil(items.length / 2)] as const,
    );
    const done = Object.fromEntries(halves.map(([table, items, half]) => [table, items.slice(0, half)]));
    const { host: _, "content-length": __, ...headers } = incoming.headers as Record<string, string>;
    const init = { method: "POST", headers, body: JSON.stringify({ RequestItems: done }) };
    const answer = await fetch(`http://127.0.0.1:${this.target}${incoming.url}`, init);
    const left = halves.filter(([, items, half]) => items.length > half);
    const UnprocessedItems = Object.fromEntries(left.map(([table, items, half]) => [table, items.slice(half)]));
    outgoing.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" });
    outgoing.end(answer.ok ? JSON.stringify({ UnprocessedItems }) : await answer.text());
  }
}

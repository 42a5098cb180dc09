import { ApiGatewayManagementApiClient, DeleteConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { HttpRequest } from "@smithy/core/protocols";
import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import { Pool } from "undici";
import { noMetrics, type Metrics } from "../metrics";
import { frameOf, takeFrame, type Sender } from "./sender";

interface Mailbox {
  events: string[];
  /** Bytes waiting. */
  size: number;
  waiters: { resolve(isGone: boolean): void }[];
}

/** Bytes that may wait for one slow connection before the rest is dropped (its client finds the gap and syncs). */
const mailboxLimit = 1024 * 1024;
/** Attempts at one post that is throttled (429) or fails on the way. */
const attempts = 5;

const statusOf = (error: unknown): number =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Sends through AWS's management API: one HTTPS call for each connection and frame. What is waiting for a connection
 * travels in one frame, because API Gateway counts calls against the account's 10,000 requests a second.
 *
 * A post takes the SDK's signer and credentials but not its client: of the CPU that `PostToConnectionCommand` costs, six
 * parts in seven are the middleware around the one signed request that it comes to (docs/performance.md).
 */
export class ApiGatewaySender implements Sender {
  readonly #client: ApiGatewayManagementApiClient;
  readonly #endpoint: URL;
  readonly #signer: SignatureV4;
  readonly #pool: Pool;
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #concurrency: number;
  readonly #metrics: Metrics;
  #running = 0;
  #ready: string[] = [];

  /** @param concurrency posts under way at once */
  constructor(options: {
    endpoint: string;
    region: string;
    concurrency?: number;
    isLocal?: boolean;
    metrics?: Metrics;
  }) {
    this.#metrics = options.metrics ?? noMetrics;
    this.#concurrency = options.concurrency ?? 50;
    this.#client = new ApiGatewayManagementApiClient({
      endpoint: options.endpoint,
      region: options.region,
      ...(options.isLocal && { credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
    });
    this.#endpoint = new URL(options.endpoint);
    this.#signer = new SignatureV4({
      service: "execute-api",
      region: options.region,
      credentials: this.#client.config.credentials,
      sha256: Hash.bind(null, "sha256"),
    });
    this.#pool = new Pool(this.#endpoint.origin, {
      connections: this.#concurrency,
      keepAliveTimeout: 30_000,
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
    });
  }

  async send(connectionIds: string[], events: string[]): Promise<string[]> {
    if (events.length === 0) return [];
    const gone = await Promise.all(connectionIds.map((id) => this.#deposit(id, events)));
    return connectionIds.filter((_, i) => gone[i]);
  }

  async close(connectionIds: string[]): Promise<void> {
    const close = async (ConnectionId: string) => {
      await this.#client.send(new DeleteConnectionCommand({ ConnectionId })).catch((error: unknown) => {
        if (statusOf(error) !== 410) throw error;
      });
    };
    const failed = (await Promise.allSettled(connectionIds.map(close))).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }

  #deposit(connectionId: string, events: string[]): Promise<boolean> {
    return new Promise((resolve) => {
      let mailbox = this.#mailboxes.get(connectionId);
      if (!mailbox) {
        mailbox = { events: [], size: 0, waiters: [] };
        this.#mailboxes.set(connectionId, mailbox);
        this.#ready.push(connectionId);
      }
      const size = events.reduce((sum, event) => sum + event.length, 0);
      if (mailbox.size + size > mailboxLimit) return resolve(false);
      mailbox.events.push(...events);
      mailbox.size += size;
      mailbox.waiters.push({ resolve });
      this.#start();
    });
  }

  #start(): void {
    while (this.#running < this.#concurrency) {
      const connectionId = this.#ready.shift();
      if (connectionId === undefined) return;
      this.#running++;
      void this.#empty(connectionId).finally(() => {
        this.#running--;
        this.#start();
      });
    }
  }

  /** Posts frame after frame until nothing waits for the connection. */
  async #empty(connectionId: string): Promise<void> {
    const mailbox = this.#mailboxes.get(connectionId);
    while (mailbox && mailbox.events.length > 0) {
      const { events, waiters } = mailbox;
      mailbox.events = [];
      mailbox.waiters = [];
      mailbox.size = 0;
      const isGone = await this.#postAll(connectionId, events);
      for (const { resolve } of waiters) resolve(isGone);
    }
    this.#mailboxes.delete(connectionId);
  }

  async #postAll(connectionId: string, events: string[]): Promise<boolean> {
    for (let rest = events; rest.length > 0;) {
      const frame = takeFrame(rest);
      rest = rest.slice(frame.length);
      const isGone = await this.#post(connectionId, frameOf(frame));
      if (isGone) return true;
    }
    return false;
  }

  /** @returns whether the connection is gone */
  async #post(connectionId: string, frame: string): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const status = await this.#attempt(connectionId, frame);
      if (status === 410) return true;
      const isPassing = status === 429 || status >= 500;
      if (!isPassing || attempt === attempts) {
        if (status >= 300) this.#metrics.count("FailedPosts", 1);
        return false;
      }
      await pause(Math.random() * 100 * 2 ** attempt);
    }
  }

  /** @returns the HTTP status; 503 when there was no answer, or nothing to sign with */
  async #attempt(connectionId: string, body: string): Promise<number> {
    const { protocol, hostname, port, host, pathname } = this.#endpoint;
    const path = `${pathname.replace(/\/$/, "")}/@connections/${encodeURIComponent(connectionId)}`;
    try {
      const { headers } = await this.#signer.sign(
        new HttpRequest({
          method: "POST",
          protocol,
          hostname,
          ...(port && { port: Number(port) }),
          path,
          headers: { host, "content-type": "application/octet-stream" },
          body,
        }),
      );
      const response = await this.#pool.request({ method: "POST", path, headers, body });
      await response.body.dump();
      return response.statusCode;
    } catch {
      return 503;
    }
  }
}

import { Agent, request } from "undici";
import type { Sender } from "./sender";

interface Delivery {
  connectionIds: string[];
  events: string[];
  resolve(gone: string[]): void;
  reject(error: unknown): void;
}

/**
 * Sends through our own gateway: one call carries events for many connections, and what comes in while a call is under
 * way shares the next. Body: for each delivery a line with the ids (a JSON array) and a line with the events (JSON
 * values, separated by commas), so that the gateway forwards events without parsing them.
 */
export class GatewaySender implements Sender {
  readonly #endpoint: string;
  readonly #token: () => string;
  readonly #agent = new Agent({ connections: 2, pipelining: 1, keepAliveTimeout: 60_000 });
  #waiting: Delivery[] = [];
  #busy = false;

  /** @param token a fresh service token for each call */
  constructor(options: { endpoint: string; token: () => string }) {
    this.#endpoint = options.endpoint.replace(/\/$/, "");
    this.#token = options.token;
  }

  send(connectionIds: string[], events: string[]): Promise<string[]> {
    if (connectionIds.length === 0 || events.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ connectionIds, events, resolve, reject });
      if (!this.#busy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const deliveries = this.#waiting;
      this.#waiting = [];
      try {
        const gone = new Set(await this.#post("/deliveries", bodyOf(deliveries)));
        for (const { connectionIds, resolve } of deliveries) resolve(connectionIds.filter((id) => gone.has(id)));
      } catch (error) {
        for (const { reject } of deliveries) reject(error);
      }
    }
    this.#busy = false;
  }

  async close(connectionIds: string[], code: number): Promise<void> {
    if (connectionIds.length > 0) await this.#post("/closures", JSON.stringify({ connectionIds, code }));
  }

  async #post(path: string, body: string): Promise<string[]> {
    const response = await request(`${this.#endpoint}${path}`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${this.#token()}`, "content-type": "text/plain; charset=utf-8" },
      dispatcher: this.#agent,
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
    });
    if (response.statusCode !== 200) {
      await response.body.dump();
      throw new Error(`The gateway answered ${response.statusCode} to ${path}.`);
    }
    const { gone } = (await response.body.json()) as { gone?: string[] };
    return gone ?? [];
  }
}

const bodyOf = (deliveries: Delivery[]): string =>
  deliveries.map(({ connectionIds, events }) => `${JSON.stringify(connectionIds)}\n${events.join(",")}`).join("\n");

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Route, RouteBodyInput, RouteQueryInput, RouteResponse } from "@connectbest/contract";
import type { Express } from "express";
import { Agent, request } from "undici";

export interface Person {
  id: string;
  username: string;
  token: string;
}

interface Call<R extends Route> {
  params?: Record<string, string>;
  query?: Partial<RouteQueryInput<R>>;
  body?: RouteBodyInput<R>;
}

/** Calls the API over HTTP, on connections that stay open: a hundred thousand steps would not end otherwise. */
export class Client {
  readonly #agent = new Agent({ connections: 16 });

  private constructor(
    readonly server: Server,
    readonly url: string,
  ) {}

  static async start(app: Express): Promise<Client> {
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Client(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`);
  }

  /** @throws with what the API said when it is not a success */
  async call<R extends Route>(
    person: Person,
    route: R,
    { params, query, body }: Call<R> = {},
  ): Promise<RouteResponse<R>> {
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ""));
    const search = new URLSearchParams(
      Object.entries(query ?? {}).map(([name, value]) => [name, String(value)] as [string, string]),
    );
    const response = await request(`${this.url}${path}?${search}`, {
      method: route.method.toUpperCase() as "GET",
      headers: { authorization: `Bearer ${person.token}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
      dispatcher: this.#agent,
    });
    const text = await response.body.text();
    if (response.statusCode >= 400) throw new Error(`${route.method} ${path}: ${response.statusCode} ${text}`);
    return (text ? JSON.parse(text) : undefined) as RouteResponse<R>;
  }

  async stop(): Promise<void> {
    await this.#agent.close();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

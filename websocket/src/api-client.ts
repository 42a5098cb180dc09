import { ErrorBody, routes, type Route, type RouteBodyInput, type RouteResponse } from "@connectbest/contract";
import { Agent, request } from "undici";

/** The API refused, in its own words. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.error);
  }
}

const notReached: ErrorBody = {
  error: "The service is not available right now. It may not have been saved: send it again with the same key.",
  code: "unavailable",
  requestId: "",
};

/** Calls the internal routes of the API, through which alone anything is persisted. */
export class ApiClient {
  readonly #agent = new Agent({ connections: 64, keepAliveTimeout: 60_000 });

  constructor(
    readonly url: string,
    /** Bearers of ours: the second, while there is one, is for an API that has not learnt of a change of secret yet. */
    readonly tokens: (() => string)[],
  ) {}

  /** @throws ApiRefusal when the API says no or cannot be reached */
  async #call<R extends Route>(route: R, body: RouteBodyInput<R>): Promise<RouteResponse<R>> {
    const [first, second] = this.tokens;
    if (!first) throw new Error("The handlers have no service secret.");
    try {
      return await this.#callAs(first, route, body);
    } catch (error) {
      if (!second || !(error instanceof ApiRefusal) || error.status !== 401) throw error;
      return this.#callAs(second, route, body);
    }
  }

  async #callAs<R extends Route>(token: () => string, route: R, body: RouteBodyInput<R>): Promise<RouteResponse<R>> {
    let response;
    try {
      response = await request(`${this.url}/api${route.path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token()}`, "content-type": "application/json" },
        body: JSON.stringify(body),
        dispatcher: this.#agent,
        headersTimeout: 10_000,
        bodyTimeout: 10_000,
      });
    } catch {
      throw new ApiRefusal(503, notReached);
    }
    if (response.statusCode === 204) {
      await response.body.dump();
      return undefined as RouteResponse<R>;
    }
    const json: unknown = await response.body.json().catch(() => undefined);
    if (response.statusCode < 300 && json !== undefined) return json as RouteResponse<R>;
    if (response.statusCode < 300) throw new ApiRefusal(503, notReached);
    throw new ApiRefusal(response.statusCode, ErrorBody.safeParse(json).data ?? notReached);
  }

  acceptConnection(body: RouteBodyInput<typeof routes.acceptConnection>) {
    return this.#call(routes.acceptConnection, body);
  }

  listSubscriptions(body: RouteBodyInput<typeof routes.listSubscriptions>) {
    return this.#call(routes.listSubscriptions, body);
  }

  acceptMessage(body: RouteBodyInput<typeof routes.acceptMessage>) {
    return this.#call(routes.acceptMessage, body);
  }

  refreshPresence(body: RouteBodyInput<typeof routes.refreshPresence>) {
    return this.#call(routes.refreshPresence, body);
  }
}

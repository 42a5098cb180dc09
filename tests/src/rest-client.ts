import { randomBytes, randomUUID } from "node:crypto";
import {
  routes,
  type Channel,
  type Me,
  type Message,
  type Route,
  type RouteBodyInput,
  type RouteQueryInput,
  type RouteResponse,
} from "@connectbest/contract";

import { subjects } from "./mail";
import type { System } from "./system";

export interface CallOptions<R extends Route> {
  params?: Record<string, string>;
  query?: RouteQueryInput<R> extends undefined ? never : Partial<RouteQueryInput<R>>;
  body?: RouteBodyInput<R>;
}

export interface RestAnswer {
  status: number;
  body: unknown;
  headers: Headers;
}

/** A REST consumer: nothing but fetch and a bearer. */
export class RestClient {
  token: string | undefined;

  constructor(readonly api: string) {}

  async send<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<RestAnswer> {
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => options.params?.[name] ?? name);
    const query = options.query ? `?${new URLSearchParams(options.query as Record<string, string>).toString()}` : "";
    const response = await fetch(`${this.api}${path}${query}`, {
      method: route.method.toUpperCase(),
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(options.body !== undefined && { "content-type": "application/json" }),
      },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined, headers: response.headers };
  }

  /** The answer, checked against the contract. @throws when it is not a success */
  async call<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<RouteResponse<R>> {
    const { status, body } = await this.send(route, options);
    if (status >= 400) throw new Error(`${route.path}: ${status} ${JSON.stringify(body)}`);
    return (route.response ? route.response.parse(body) : undefined) as RouteResponse<R>;
  }
}

/** Somebody with an account, signed in over REST. */
export class Person {
  private constructor(
    readonly rest: RestClient,
    readonly me: Me,
    readonly email: string,
    readonly password: string,
  ) {}

  /** Registers, opens the mailed link, signs in. */
  static async signUp({ api, inbox }: Pick<System, "api" | "inbox">, name: string): Promise<Person> {
    const rest = new RestClient(api);
    const email = `${randomBytes(6).toString("hex")}@example.com`;
    const password = randomBytes(9).toString("base64url");
    await rest.call(routes.register, { body: { email, password, name } });
    await rest.call(routes.verifyEmail, { body: { token: await inbox.tokenTo(email, subjects.confirm) } });
    return Person.signIn(api, email, password);
  }

  static async signIn(api: string, email: string, password: string, code?: string): Promise<Person> {
    const rest = new RestClient(api);
    const { user, token } = await rest.call(routes.login, { body: { email, password, ...(code && { code }) } });
    rest.token = token;
    return new Person(rest, user, email, password);
  }

  async createChannel(name: string, members: Person[] = [], type: "public" | "private" = "public"): Promise<Channel> {
    const body = { name, type, memberIds: members.map((member) => member.me.id) };
    return (await this.rest.call(routes.createChannel, { body })).channel;
  }

  async post(channelId: string, content: string, clientMessageId: string = randomUUID()): Promise<Message> {
    const body = { content, clientMessageId };
    return (await this.rest.call(routes.postMessage, { params: { id: channelId }, body })).message;
  }

  /** Everything in a channel, oldest first, page by page. */
  async readAll(channelId: string): Promise<Message[]> {
    const all: Message[] = [];
    for (let before: string | undefined; ;) {
      const query = { limit: 100, ...(before && { before }) };
      const page = await this.rest.call(routes.listMessages, { params: { id: channelId }, query });
      all.unshift(...page.messages);
      if (!page.hasMoreBefore) return all;
      before = page.messages[0]?.id;
    }
  }
}

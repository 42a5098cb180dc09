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
import type { Express } from "express";
import mongoose from "mongoose";
import request, { type Response } from "supertest";
import { createApp } from "../app";
import { parseConfig, type Config } from "../config";
import { connectDatabase } from "../db/connect";
import { createLogger } from "../http/request-log";
import { useRealtime } from "../realtime/publish";
import { RealtimeRecorder } from "../realtime/recorder";

export const testConfig: Config = parseConfig({
  NODE_ENV: "test",
  LOG_LEVEL: "silent",
  MONGODB_URI: process.env["TEST_MONGODB_URI"],
  JWT_SECRET: "a secret of the tests, long enough to be one",
  SERVICE_SECRET: "another secret of the tests, as long as that",
  BCRYPT_COST: "4",
  REALTIME_URL: "ws://localhost:8081/test",
  REALTIME_ENDPOINT: "http://127.0.0.1:8081",
});

interface CallOptions<R extends Route> {
  token?: string;
  params?: Record<string, string>;
  query?: Partial<RouteQueryInput<R>>;
  body?: RouteBodyInput<R>;
}

export interface Account extends Me {
  token: string;
  password: string;
}

/** The API on a database of its own, called over HTTP as any client would. */
export class TestApi {
  constructor(
    readonly app: Express,
    readonly realtime: RealtimeRecorder,
  ) {}

  /** The raw answer, whatever it is. */
  async send<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<Response> {
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => options.params?.[name] ?? name);
    const call = request(this.app)[route.method](`/api${path}`);
    if (options.token) call.set("authorization", `Bearer ${options.token}`);
    if (options.query) call.query(options.query);
    return options.body === undefined ? call : call.send(options.body as object);
  }

  /** The answer, checked against the contract. @throws when it is not a success */
  async call<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<RouteResponse<R>> {
    const response = await this.send(route, options);
    if (response.status >= 400) throw new Error(`${route.path}: ${response.status} ${response.text}`);
    return (route.response ? route.response.parse(response.body) : undefined) as RouteResponse<R>;
  }

  /** A new person, signed in. */
  async signUp(name = "Test Person"): Promise<Account> {
    const email = `${randomBytes(6).toString("hex")}@example.com`;
    const password = "correct horse battery";
    await this.call(routes.register, { body: { email, password, name } });
    const { user, token } = await this.call(routes.login, { body: { email, password } });
    return { ...user, token, password };
  }

  async createChannel(
    owner: Account,
    members: Account[] = [],
    type: "public" | "private" = "public",
  ): Promise<Channel> {
    const { channel } = await this.call(routes.createChannel, {
      token: owner.token,
      body: { name: `c-${randomBytes(5).toString("hex")}`, type, memberIds: members.map((member) => member.id) },
    });
    return channel;
  }

  async post(author: Account, channelId: string, content: string, clientMessageId = randomUUID()): Promise<Message> {
    const { message } = await this.call(routes.postMessage, {
      token: author.token,
      params: { id: channelId },
      body: { content, clientMessageId },
    });
    return message;
  }

  /** The channel as its member sees it in their list. */
  async channelOf(member: Account, channelId: string): Promise<Channel> {
    return (await this.call(routes.getChannel, { token: member.token, params: { id: channelId } })).channel;
  }

  async close(): Promise<void> {
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
  }
}

export async function startTestApi(): Promise<TestApi> {
  const realtime = new RealtimeRecorder();
  const logger = createLogger("silent");
  useRealtime(realtime, logger);
  const uri = new URL(testConfig.MONGODB_URI);
  uri.pathname = `/test-${randomBytes(6).toString("hex")}`;
  await connectDatabase(uri.toString(), logger);
  return new TestApi(createApp(testConfig, logger), realtime);
}

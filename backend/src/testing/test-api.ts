import { randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
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
import webPush from "web-push";
import { createApp } from "../app";
import { parseConfig, type Config } from "../config";
import { connectDatabase } from "../db/connect";
import { composeLetter } from "../features/accounts/letters";
import { ChannelFeed } from "../features/messages/channel-feed";
import { ClearOnRead } from "../features/notifications/clear-on-read";
import { notify } from "../features/notifications/notify";
import { composeUnread } from "../features/notifications/unread-letter";
import { enqueuePreviews } from "../features/link-previews/link-previews";
import { enqueueDeliveries } from "../features/webhooks/enqueue-deliveries";
import { createLogger } from "../http/request-log";
import type { Letter } from "../mail/letter";
import { MailRecorder } from "../mail/mail-recorder";
import { OutboxWorker } from "../mail/outbox";
import "../models";
import { useRealtime } from "../realtime/publish";
import { RealtimeRecorder } from "../realtime/recorder";

const vapid = webPush.generateVAPIDKeys();

export const testConfig: Config = parseConfig({
  NODE_ENV: "test",
  LOG_LEVEL: "silent",
  MONGODB_URI: process.env["TEST_MONGODB_URI"],
  JWT_SECRET: "a secret of the tests, long enough to be one",
  SERVICE_SECRET: "another secret of the tests, as long as that",
  FRONTEND_SECRET: "a third secret of the tests, for the frontend",
  ENCRYPTION_KEY: "a fourth secret of the tests, for the boxes",
  VAPID_PUBLIC_KEY: vapid.publicKey,
  VAPID_PRIVATE_KEY: vapid.privateKey,
  VAPID_SUBJECT: "mailto:operator@chat.test",
  PUBLIC_URL: "https://chat.test",
  BCRYPT_COST: "4",
  // Tests are quicker than people; those of the limits set their own.
  MESSAGES_PER_MINUTE: "100000",
  CALLS_PER_10_SECONDS: "100000",
  STRANGERS_PER_HOUR: "100000",
  UPLOADS_PER_HOUR: "100000",
  // Made by the first upload.
  FILES_DIRECTORY: path.join(os.tmpdir(), `connectbest-files-${randomBytes(6).toString("hex")}`),
  REALTIME_URL: "ws://localhost:8081/test",
  REALTIME_ENDPOINT: "http://127.0.0.1:8081",
});

interface CallOptions<R extends Route> {
  token?: string;
  params?: Record<string, string>;
  query?: Partial<RouteQueryInput<R>>;
  body?: RouteBodyInput<R>;
  headers?: Record<string, string>;
}

/** Where a mailed link leads: the secret behind `#token=`. */
export const secretIn = (letter: Letter | undefined): string => /#token=([\w-]+)/.exec(letter?.text ?? "")?.[1] ?? "";

export interface Account extends Me {
  token: string;
  password: string;
}

/** The API on a database of its own, called over HTTP as any client would. */
export class TestApi {
  constructor(
    readonly app: Express,
    readonly realtime: RealtimeRecorder,
    readonly mail: MailRecorder,
    readonly outbox: OutboxWorker,
    readonly feed: ChannelFeed,
    readonly clearing: ClearOnRead,
  ) {}

  /** The same system as another process with other settings would serve it. */
  with(change: Partial<Config>): TestApi {
    return new TestApi(
      createApp({ ...testConfig, ...change }, createLogger("silent")),
      this.realtime,
      this.mail,
      this.outbox,
      this.feed,
      this.clearing,
    );
  }

  /** Everything that follows from what was written has been done. */
  async settle(): Promise<void> {
    await this.feed.run();
    await this.clearing.settled();
  }

  /** The raw answer, whatever it is. */
  async send<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<Response> {
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => options.params?.[name] ?? name);
    const call = request(this.app)[route.method](`/api${path}`);
    if (options.token) call.set("authorization", `Bearer ${options.token}`);
    if (options.headers) call.set(options.headers);
    if (options.query) call.query(options.query);
    return options.body === undefined ? call : call.send(options.body as object);
  }

  /** The answer, checked against the contract. @throws when it is not a success */
  async call<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<RouteResponse<R>> {
    const response = await this.send(route, options);
    if (response.status >= 400) throw new Error(`${route.path}: ${response.status} ${response.text}`);
    return (route.response ? route.response.parse(response.body) : undefined) as RouteResponse<R>;
  }

  /** The latest mail to an address, once everything that waits has left. */
  async lastMail(address: string): Promise<Letter | undefined> {
    await this.outbox.run();
    return this.mail.to(address).at(-1);
  }

  /** Asks for an account and opens the mailed link. */
  async register(body: { email: string; password: string; name: string }): Promise<void> {
    await this.call(routes.register, { body });
    await this.call(routes.verifyEmail, { body: { token: secretIn(await this.lastMail(body.email)) } });
  }

  /** A new person, signed in. */
  async signUp(name = "Test Person"): Promise<Account> {
    const email = `${randomBytes(6).toString("hex")}@example.com`;
    const password = "correct horse battery";
    await this.register({ email, password, name });
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
    await this.feed.stop();
    await this.clearing.stop();
    await this.outbox.stop();
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
    await rm(testConfig.FILES_DIRECTORY, { recursive: true, force: true });
  }
}

/** The address of a database that nobody else uses. */
export function newDatabase(): string {
  const uri = new URL(testConfig.MONGODB_URI);
  uri.pathname = `/test-${randomBytes(6).toString("hex")}`;
  return uri.toString();
}

export async function startTestApi(change: Partial<Config> = {}): Promise<TestApi> {
  const realtime = new RealtimeRecorder();
  const logger = createLogger("silent");
  useRealtime(realtime, logger);
  await connectDatabase(change.MONGODB_URI ?? newDatabase(), logger);
  const mail = new MailRecorder();
  // Not started: tests send what waits when they look for it.
  const outbox = new OutboxWorker(mail, composeLetter(testConfig, { unread: composeUnread(testConfig) }), logger);
  const feed = new ChannelFeed([notify, enqueueDeliveries, enqueuePreviews], logger);
  feed.listen();
  const clearing = new ClearOnRead(logger);
  clearing.start();
  return new TestApi(createApp({ ...testConfig, ...change }, logger), realtime, mail, outbox, feed, clearing);
}

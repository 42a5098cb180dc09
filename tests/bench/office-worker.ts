import { randomUUID } from "node:crypto";
import { routes, type Message, type MessagePage, type Route } from "@connectbest/contract";
import type { CallOptions, Person, RestAnswer } from "../src/rest-client";
import { pause } from "../src/system";
import type { Corpus } from "./corpus";
import { opened } from "./listeners";
import { pick, type Random } from "./random";
import type { Room, Workspace } from "./workspace";

/** What people do, per posted message, as Mattermost's load-test tool publishes it from production. */
const mix = {
  "post a message": 1,
  "switch channel": 6.5,
  "scroll back": 2,
  "open a direct message": 1,
  "check unread": 1,
  "save a draft": 1.9,
  "open a thread": 1.2,
  "follow a permalink": 0.3,
  "reconnect and sync": 0.14,
  react: 0.13,
  search: 0.07,
} as const;
export type Action = keyof typeof mix;
const actions = Object.entries(mix) as [Action, number][];
const weight = actions.reduce((sum, [, share]) => sum + share, 0);

/** Milliseconds between two things that somebody does, in the mean. */
const idle = 20_000;

function nextAction(random: Random): Action {
  let at = random() * weight;
  for (const [action, share] of actions) if ((at -= share) < 0) return action;
  return "switch channel";
}

export interface Sample {
  action: Action;
  /** Milliseconds from a call to its whole answer. */
  took: number;
  /** A 5xx, or no answer in time. */
  isError: boolean;
  /** Another refusal: a fault of the bench. */
  isRefused: boolean;
}

/** Somebody at work: a socket, a channel in view, and now and then something to do. */
export class OfficeWorker {
  readonly #doing: Record<Action, () => Promise<unknown>>;
  readonly #revs: Record<string, number> = {};
  #socket: Awaited<ReturnType<typeof opened>> | undefined;
  #view: Message[] = [];
  #room: Room;
  #action: Action = "switch channel";

  constructor(
    readonly person: Person,
    readonly workspace: Workspace,
    readonly corpus: Corpus,
    readonly note: (sample: Sample) => void,
  ) {
    this.#room = pick(workspace.roomsOf(person), corpus.random);
    this.#doing = {
      "post a message": () => this.#post(),
      "switch channel": () => this.#switch(),
      "scroll back": () => this.#page({ before: this.#view[0]?.id }),
      "open a direct message": () => this.#openDirectMessage(),
      "check unread": () => this.#call(routes.listChannels),
      "save a draft": () =>
        this.#call(routes.saveDraft, { params: { channelId: this.#id }, body: { content: corpus.text() } }),
      "open a thread": () => this.#call(routes.listReplies, { params: { id: this.#some }, query: { limit: 50 } }),
      "follow a permalink": () => this.#page({ around: this.#some }),
      "reconnect and sync": () => this.reconnect(),
      react: () =>
        this.#call(routes.addReaction, {
          params: { id: this.#some, emoji: encodeURIComponent(pick(["👍", "🎉", "❤️"], corpus.random)) },
        }),
      search: () => this.#call(routes.search, { query: { q: corpus.text().split(/\s+/)[0]?.slice(0, 40) || "the" } }),
    };
  }

  get #id(): string {
    return this.#room.channel.id;
  }

  get #some(): string {
    return pick(this.#view, this.corpus.random)?.id ?? "";
  }

  async #call<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<RestAnswer> {
    const begun = performance.now();
    const answer = await this.person.rest.send(route, options).catch(() => undefined);
    const status = answer?.status ?? 599;
    const took = performance.now() - begun;
    this.note({ action: this.#action, took, isError: status >= 500, isRefused: status >= 400 && status < 500 });
    if (!answer || status >= 400) throw new Error(`${route.path}: ${status} ${JSON.stringify(answer?.body)}`);
    return answer;
  }

  async #page(query: { before?: string | undefined; around?: string | undefined }): Promise<MessagePage> {
    const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value));
    const options = { params: { id: this.#id }, query: { limit: 50, ...given } };
    return (await this.#call(routes.listMessages, options)).body as MessagePage;
  }

  async #switch(): Promise<void> {
    this.#room = pick(this.workspace.roomsOf(this.person), this.corpus.random);
    this.#view = (await this.#page({})).messages;
    const seq = this.#view.at(-1)?.seq ?? 0;
    this.#revs[this.#id] = Math.max(this.#revs[this.#id] ?? 0, seq);
    await this.#call(routes.markRead, { params: { id: this.#id }, body: { seq } });
  }

  async #post(): Promise<void> {
    const { random } = this.corpus;
    const body = { content: this.corpus.text(), clientMessageId: randomUUID() };
    const inThread = random() < 0.2 && this.#view.length > 0;
    if (inThread) await this.#call(routes.postReply, { params: { id: this.#some }, body });
    else await this.#call(routes.postMessage, { params: { id: this.#id }, body });
  }

  async #openDirectMessage(): Promise<void> {
    // Mostly with the same few people.
    const { people } = this.workspace;
    const other = people[(people.indexOf(this.person) + 1 + Math.floor(this.corpus.random() * 5)) % people.length];
    const { body } = await this.#call(routes.openDirectMessage, { body: { userIds: other ? [other.me.id] : [] } });
    const { id } = (body as { channel: { id: string } }).channel;
    await this.#call(routes.listMessages, { params: { id }, query: { limit: 50 } });
  }

  async reconnect(): Promise<void> {
    this.#socket?.terminate();
    const { body } = await this.#call(routes.createTicket);
    const { url, ticket } = body as { url: string; ticket: string };
    this.#socket = await opened(`${url.replace("localhost", "127.0.0.1")}?ticket=${ticket}`);
    await this.#call(routes.sync, { body: { channels: this.#revs } });
  }

  /** What a client loads as it opens. */
  async arrive(): Promise<void> {
    const { body } = await this.#call(routes.listChannels);
    for (const { id, rev } of (body as { channels: { id: string; rev: number }[] }).channels) this.#revs[id] = rev;
    await this.reconnect();
    await this.#switch();
  }

  /** Does one thing after another until the time is over. @returns what went wrong in between */
  async work(until: number): Promise<string[]> {
    const failures: string[] = [];
    for (;;) {
      const rest = -Math.log(1 - this.corpus.random()) * idle;
      const left = until - performance.now();
      await pause(Math.min(rest, left));
      if (rest >= left) return failures;
      this.#action = nextAction(this.corpus.random);
      await this.#doing[this.#action]().catch((error: unknown) => failures.push(String(error)));
    }
  }

  leave(): void {
    this.#socket?.terminate();
  }
}

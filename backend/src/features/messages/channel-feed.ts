import { Types } from "mongoose";
import type { Logger } from "pino";
import { ChannelModel, type ChannelDocument } from "../channels/channels.model";
import { onChannelChange } from "./changes";
import { extend, postpone, release, take } from "./channel-cursors";
import { ChannelCursorModel, type ChannelCursorDocument } from "./channel-cursors.model";
import { MessageModel, type MessageDocument } from "./messages.model";

/** Messages of one channel that have changed since a revision, as they are now, in order of their revisions. */
export interface Changed {
  channel: ChannelDocument;
  /** Messages with a `seq` above this are new. They may be so more than once. */
  since: number;
  messages: MessageDocument[];
}

/** Does whatever follows from messages. It may be called again with the same ones: twice must be as good as once. */
export type Consumer = (changed: Changed) => Promise<void>;

/** Messages taken at once. */
const batchSize = 200;
/** Milliseconds between a change and its consequences: what comes meanwhile is done with it, and a busy channel costs little. */
const settleTime = 150;
/** Milliseconds until another try at a channel that another process works on, or that failed. */
const retryTime = 500;
/** Milliseconds between looks for what other processes, or one that died, left. */
const sweepTime = 60_000;
/** What fails so often, over a minute, is done message by message: one must not silence its channel for good. */
const patience = 8;
/** Channels worked on side by side. */
const breadth = 4;

/**
 * Works off every change of every channel in order, at least once, whatever process made it and whichever died: driven by the
 * channels' revisions, so that sending costs nothing more.
 */
export class ChannelFeed {
  /** Channels that have changed, and when their changes have gathered. */
  readonly #dirty = new Map<string, number>();
  /** Those that are worked on. What changes in one of them meanwhile waits until that is over. */
  readonly #busy = new Map<string, Promise<boolean>>();
  #timer: NodeJS.Timeout | undefined;
  #wakesAt = Infinity;
  #sweeper: NodeJS.Timeout | undefined;
  #unlisten: (() => void) | undefined;
  #isStarted = false;

  constructor(
    readonly consumers: readonly Consumer[],
    readonly logger: Logger,
  ) {}

  start(): void {
    this.#isStarted = true;
    this.listen();
    this.#sweeper = setInterval(() => void this.#sweep(), sweepTime).unref();
    void this.#sweep();
  }

  /** Takes note of this process's changes from now on; without `start` they wait for `run`. */
  listen(): void {
    this.#unlisten ??= onChannelChange((channelId) => this.#note(channelId, settleTime));
  }

  /** Takes on nothing further; resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#unlisten?.();
    this.#unlisten = undefined;
    clearInterval(this.#sweeper);
    clearTimeout(this.#timer);
    this.#wakesAt = Infinity;
    await Promise.all(this.#busy.values());
  }

  /** Works off everything that this process knows to have changed, but for what fails. */
  async run(): Promise<void> {
    const failed = new Set<string>();
    while (this.#busy.size > 0 || [...this.#dirty.keys()].some((id) => !failed.has(id))) {
      this.#takeOn(Infinity);
      for (const [id, work] of [...this.#busy]) if (!(await work)) failed.add(id);
    }
  }

  /** Has a channel looked at after so many milliseconds, unless that is so sooner in any case. */
  #note(id: string, delay: number): void {
    if (this.#dirty.has(id)) return;
    const dueAt = Date.now() + delay;
    this.#dirty.set(id, dueAt);
    this.#wake(dueAt);
  }

  #wake(at: number): void {
    if (!this.#isStarted || at >= this.#wakesAt) return;
    clearTimeout(this.#timer);
    this.#wakesAt = at;
    this.#timer = setTimeout(
      () => {
        this.#wakesAt = Infinity;
        this.#takeOn(Date.now());
      },
      Math.max(0, at - Date.now()),
    ).unref();
  }

  /** Begins with what is due by then, as far as there is room: a channel that takes long holds up no other. */
  #takeOn(now: number): void {
    let next = Infinity;
    for (const [id, dueAt] of this.#dirty) {
      // Whichever of them ends first goes on from here.
      if (this.#busy.size >= breadth) return;
      if (this.#busy.has(id)) continue;
      if (dueAt > now) next = Math.min(next, dueAt);
      else this.#begin(id);
    }
    if (next < Infinity) this.#wake(next);
  }

  #begin(id: string): void {
    this.#dirty.delete(id);
    const work = this.#work(id).then((isDone) => {
      this.#busy.delete(id);
      if (!isDone) this.#note(id, retryTime);
      if (this.#isStarted) this.#takeOn(Date.now());
      return isDone;
    });
    this.#busy.set(id, work);
  }

  /** Finds the channels that stand above their cursor. */
  async #sweep(): Promise<void> {
    try {
      const cursors = await ChannelCursorModel.find({}, { rev: 1 }).lean();
      const known = new Map(cursors.map((cursor) => [cursor._id.toHexString(), cursor.rev]));
      for (const { _id, rev } of await ChannelModel.find({}, { rev: 1 }).lean())
        if (rev > (known.get(_id.toHexString()) ?? 0)) this.#note(_id.toHexString(), 0);
    } catch (error) {
      this.logger.warn({ err: error }, "the channels could not be looked through");
    }
  }

  /** @returns false when it is to be tried again */
  async #work(id: string): Promise<boolean> {
    try {
      const cursor = await take(new Types.ObjectId(id));
      return cursor ? await this.#follow(cursor) : false;
    } catch (error) {
      this.logger.warn({ err: error, channelId: id }, "what follows from messages could not be done");
      return false;
    }
  }

  async #follow(cursor: ChannelCursorDocument): Promise<boolean> {
    // What was posted since then is new in each batch: a message that changed meanwhile stands further on than it was posted.
    const since = cursor.since ?? cursor.rev;
    for (;;) {
      const { _id: channelId, rev } = cursor;
      const channel = await ChannelModel.findById(channelId).lean();
      if (!channel || channel.rev <= rev) {
        await release(cursor, rev);
        return true;
      }
      // Without an end: what changes between these two looks is not to slip from one side of it to the other.
      const messages = await MessageModel.find({ channelId, rev: { $gt: rev } })
        .sort({ rev: 1 })
        .limit(batchSize)
        .lean();
      if (!(await this.#consume({ channel, since, messages }, cursor))) return false;
      const last = messages.at(-1)?.rev ?? rev;
      if (messages.length < batchSize) {
        await release(cursor, Math.max(last, channel.rev));
        return true;
      }
      if (!(await extend(cursor, last))) return true;
    }
  }

  /** Each consumer has its go, whatever becomes of the others. @returns false when it failed and is to be tried again */
  async #consume(changed: Changed, cursor: ChannelCursorDocument): Promise<boolean> {
    const failed: { consume: Consumer; error: unknown }[] = [];
    for (const consume of this.consumers) await consume(changed).catch((error) => failed.push({ consume, error }));
    if (failed.length === 0) return true;
    const about = { channelId: cursor._id.toHexString(), since: changed.since, failures: cursor.failures };
    for (const { error } of failed) this.logger.warn({ ...about, err: error }, "what follows from messages failed");
    if (cursor.failures + 1 < patience) {
      await postpone(cursor);
      return false;
    }
    for (const { consume } of failed) await this.#doSingly(consume, changed);
    return true;
  }

  /** The last try: what fails even alone is given up, the rest is not. */
  async #doSingly(consume: Consumer, changed: Changed): Promise<void> {
    for (const message of changed.messages)
      await consume({ ...changed, messages: [message] }).catch((error) =>
        this.logger.error(
          { err: error, messageId: message._id.toHexString() },
          "what follows from a message was given up",
        ),
      );
  }
}

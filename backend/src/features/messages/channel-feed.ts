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
  readonly #dirty = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #sweeper: NodeJS.Timeout | undefined;
  #running: Promise<boolean> | undefined;
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
    this.#unlisten ??= onChannelChange((channelId) => {
      this.#dirty.add(channelId);
      this.#wake(settleTime);
    });
  }

  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#unlisten?.();
    this.#unlisten = undefined;
    clearInterval(this.#sweeper);
    clearTimeout(this.#timer);
    await this.#running;
  }

  #wake(delay: number): void {
    if (this.#timer || !this.#isStarted) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#pass();
    }, delay).unref();
  }

  /** Works off everything that this process knows to have changed. */
  async run(): Promise<void> {
    await this.#running;
    while (this.#dirty.size > 0) if (!(await this.#pass())) return;
  }

  /** Goes once through what has changed. What changes meanwhile gathers for the next. @returns whether all of it was done */
  #pass(): Promise<boolean> {
    this.#running ??= this.#workOff().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #workOff(): Promise<boolean> {
    const failed: string[] = [];
    const ids = [...this.#dirty];
    this.#dirty.clear();
    const lane = async () => {
      for (let id = ids.shift(); id; id = ids.shift()) if (!(await this.#work(id))) failed.push(id);
    };
    await Promise.all(Array.from({ length: breadth }, lane));
    if (this.#dirty.size > 0) this.#wake(settleTime);
    for (const id of failed) this.#dirty.add(id);
    if (failed.length > 0) this.#wake(retryTime);
    return failed.length === 0;
  }

  /** Finds the channels that stand above their cursor. */
  async #sweep(): Promise<void> {
    try {
      const cursors = await ChannelCursorModel.find({}, { rev: 1 }).lean();
      const known = new Map(cursors.map((cursor) => [cursor._id.toHexString(), cursor.rev]));
      for (const { _id, rev } of await ChannelModel.find({}, { rev: 1 }).lean())
        if (rev > (known.get(_id.toHexString()) ?? 0)) this.#dirty.add(_id.toHexString());
      this.#wake(0);
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

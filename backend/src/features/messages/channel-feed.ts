import { Types } from "mongoose";
import type { Logger } from "pino";
import { isDuplicateKey } from "../../db/transaction";
import { ChannelModel, type ChannelDocument } from "../channels/channels.model";
import { onChannelChange } from "./changes";
import { ChannelCursorModel, type ChannelCursorDocument } from "./channel-cursors.model";
import { MessageModel, type MessageDocument } from "./messages.model";

/** Messages of one channel that have changed since a revision, as they are now, in order of their revisions. */
export interface Changed {
  channel: ChannelDocument;
  /** What was posted since is what has a `seq` above this. */
  since: number;
  messages: MessageDocument[];
}

/** Does whatever follows from messages. It may be called again with the same ones: twice must be as good as once. */
export type Consumer = (changed: Changed) => Promise<void>;

/** How long one process may work on a channel, in milliseconds, before another begins again. */
const lease = 30_000;
/** Messages taken at once. */
const batchSize = 200;
/** Milliseconds between a change and its consequences: what comes meanwhile is done with it, and a busy channel costs little. */
const settleTime = 150;
/** Milliseconds until another try at a channel that another process works on, or that failed. */
const retryTime = 500;
/** Milliseconds between looks for what other processes, or one that died, left. */
const sweepTime = 60_000;
/** Changes that fail so often are passed over: one message must not silence its channel for good. */
const patience = 5;

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
    for (const id of ids) if (!(await this.#work(id))) failed.push(id);
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
    let { rev } = cursor;
    for (;;) {
      const channel = await ChannelModel.findById(cursor._id).lean();
      if (!channel || channel.rev <= rev) return await release(cursor, rev);
      const messages = await MessageModel.find({ channelId: cursor._id, rev: { $gt: rev, $lte: channel.rev } })
        .sort({ rev: 1 })
        .limit(batchSize)
        .lean();
      if (!(await this.#consume({ channel, since: rev, messages }, cursor))) return false;
      if (messages.length < batchSize) return await release(cursor, channel.rev);
      rev = messages.at(-1)?.rev ?? channel.rev;
      if (!(await extend(cursor, rev))) return true;
    }
  }

  /** @returns false when it failed and is to be tried again */
  async #consume(changed: Changed, cursor: ChannelCursorDocument): Promise<boolean> {
    try {
      for (const consume of this.consumers) await consume(changed);
      return true;
    } catch (error) {
      const isGivenUp = cursor.failures + 1 >= patience;
      const about = { err: error, channelId: cursor._id.toHexString(), since: changed.since };
      if (isGivenUp) {
        this.logger.error(about, "what follows from messages was given up");
        return true;
      }
      this.logger.warn(about, "what follows from messages failed");
      await ChannelCursorModel.updateOne(
        { _id: cursor._id, leasedUntil: cursor.leasedUntil },
        { $set: { leasedUntil: new Date(0) }, $inc: { failures: 1 } },
      );
      return false;
    }
  }
}

/** @returns null when another process has it */
async function take(id: Types.ObjectId): Promise<ChannelCursorDocument | null> {
  const now = Date.now();
  try {
    return await ChannelCursorModel.findOneAndUpdate(
      { _id: id, leasedUntil: { $lte: new Date(now) } },
      { $set: { leasedUntil: new Date(now + lease) }, $setOnInsert: { rev: 0, failures: 0 } },
      { upsert: true, returnDocument: "after" },
    ).lean();
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

/** Moves on, if the lease still holds. */
async function extend(cursor: ChannelCursorDocument, rev: number): Promise<boolean> {
  const leasedUntil = new Date(Date.now() + lease);
  const { matchedCount } = await ChannelCursorModel.updateOne(
    { _id: cursor._id, leasedUntil: cursor.leasedUntil },
    { $set: { rev, leasedUntil, failures: 0 } },
  );
  cursor.leasedUntil = leasedUntil;
  return matchedCount > 0;
}

async function release(cursor: ChannelCursorDocument, rev: number): Promise<true> {
  await ChannelCursorModel.updateOne(
    { _id: cursor._id, leasedUntil: cursor.leasedUntil },
    { $set: { rev, leasedUntil: new Date(0) } },
  );
  return true;
}

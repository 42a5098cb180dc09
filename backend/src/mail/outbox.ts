import { EventEmitter } from "node:events";
import { Types, type ClientSession } from "mongoose";
import type { Logger } from "pino";
import type { Letter } from "./letter";
import type { Mailer } from "./mailer";
import { OutgoingMailModel, type MailKind, type OutgoingMailDocument } from "./outgoing-mail.model";

/** How long one try may take before another process may begin it again, in milliseconds. */
const lease = 60_000;
/** Letters that one process sends at once: one that hangs must not hold the others up. */
const lanes = 4;
/** Milliseconds between looks for mail that other processes left, or that is due again. */
const interval = 5_000;
/** Milliseconds until the next try, by tries made; after the last the mail is given up. */
const delays = [5, 15, 60, 300, 1800, 3600, 3600, 7200, 14_400, 28_800].map((seconds) => seconds * 1000);

const arrivals = new EventEmitter();

interface Note {
  /** Where something else speaks of this very mail. */
  _id?: Types.ObjectId;
  kind: MailKind;
  to: string;
  userId?: Types.ObjectId;
  note?: string;
}

/** Puts mail into the outbox; with a session it is there exactly if the transaction is. */
export async function enqueueMail({ _id, kind, to, userId, note }: Note, session?: ClientSession): Promise<void> {
  const now = new Date();
  const mail: OutgoingMailDocument = {
    _id: _id ?? new Types.ObjectId(),
    kind,
    to,
    userId: userId ?? null,
    note: note ?? null,
    attempts: 0,
    dueAt: now,
    createdAt: now,
  };
  await OutgoingMailModel.create([mail], { session: session ?? null });
  // Of a transaction nothing is to be seen before its end.
  if (session) session.once("ended", () => arrivals.emit("mail"));
  else arrivals.emit("mail");
}

/** Writes the words of a mail as it leaves; `null` when there is nothing to send any more. */
export type Compose = (mail: OutgoingMailDocument) => Promise<Letter | null>;

/**
 * Sends what the outbox holds, in every process: each mail is taken by one of them at a time, and a mail whose process died
 * is taken by another when its lease is over. A mail may so arrive twice, but is never lost.
 */
export class OutboxWorker {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #isStopping = false;
  readonly #wake = () => void this.run();

  constructor(
    readonly mailer: Mailer,
    readonly compose: Compose,
    readonly logger: Logger,
  ) {}

  start(): void {
    this.#isStopping = false;
    arrivals.on("mail", this.#wake);
    this.#timer = setInterval(this.#wake, interval);
    this.#timer.unref();
    this.#wake();
  }

  /** Takes no further mail; resolves when what is under way has left. */
  async stop(): Promise<void> {
    arrivals.off("mail", this.#wake);
    clearInterval(this.#timer);
    this.#isStopping = true;
    await this.#running;
  }

  /** Sends everything that is due now. */
  run(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#drain().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#isStopping) {
      this.#again = false;
      await Promise.all(Array.from({ length: lanes }, () => this.#lane()));
    }
  }

  /** Sends one letter after the other until none is due. */
  async #lane(): Promise<void> {
    try {
      while (!this.#isStopping) {
        const mail = await this.#take();
        if (!mail) return;
        await this.#send(mail);
      }
    } catch (error) {
      // The database is away; the next look will tell.
      this.logger.warn({ err: error }, "the outbox cannot be read");
    }
  }

  #take(): Promise<OutgoingMailDocument | null> {
    const now = Date.now();
    return OutgoingMailModel.findOneAndUpdate(
      { dueAt: { $lte: new Date(now) } },
      { $set: { dueAt: new Date(now + lease) }, $inc: { attempts: 1 } },
      { sort: { dueAt: 1 }, returnDocument: "after" },
    ).lean();
  }

  async #send(mail: OutgoingMailDocument): Promise<void> {
    const about = { mail: mail._id.toHexString(), kind: mail.kind, attempt: mail.attempts };
    try {
      const letter = await this.compose(mail);
      if (letter) await this.mailer.send(letter);
    } catch (error) {
      const delay = delays[mail.attempts - 1];
      this.logger.warn({ err: error, ...about, retryInMs: delay }, "mail could not be sent");
      if (delay !== undefined)
        return void (await OutgoingMailModel.updateOne(
          { _id: mail._id },
          { $set: { dueAt: new Date(Date.now() + delay) } },
        ));
      this.logger.error(about, "mail given up");
    }
    await OutgoingMailModel.deleteOne({ _id: mail._id });
  }
}

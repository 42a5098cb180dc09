import { EventEmitter } from "node:events";
import { Types, type ClientSession } from "mongoose";
import type { Logger } from "pino";
import { Worker } from "../jobs/worker";
import type { Letter } from "./letter";
import { MailRefused, type Mailer } from "./mailer";
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
  readonly #worker: Worker;
  readonly #wake = () => void this.run();

  constructor(
    readonly mailer: Mailer,
    readonly compose: Compose,
    readonly logger: Logger,
  ) {
    this.#worker = new Worker(() => this.#next(), { name: "outbox", interval, lanes }, logger);
  }

  start(): void {
    arrivals.on("mail", this.#wake);
    this.#worker.start();
  }

  /** Takes no further mail; resolves when what is under way has left. */
  async stop(): Promise<void> {
    arrivals.off("mail", this.#wake);
    await this.#worker.stop();
  }

  /** Sends everything that is due now. */
  run(): Promise<void> {
    return this.#worker.run();
  }

  async #next(): Promise<boolean> {
    const mail = await this.#take();
    if (mail) await this.#send(mail);
    return mail !== null;
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
      const delay = error instanceof MailRefused ? undefined : delays[mail.attempts - 1];
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

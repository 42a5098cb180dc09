import { existsSync } from "node:fs";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import bcrypt from "bcrypt";
import { unavailable } from "../../http/errors";

/** `text` is to be hashed at a cost, or compared with a hash. */
export type HashJob = { text: string; cost: number } | { text: string; hash: string };
export interface HashResult {
  value: string | boolean;
}

interface Pending {
  job: HashJob;
  resolve(value: string | boolean): void;
  reject(error: unknown): void;
}

/** Somebody waits to get in; or a new password is hashed, which anybody can ask for. */
type Urgency = "sign_in" | "new_password";

/** Beyond these, waiting would be longer than anybody's patience. */
const longestQueue = 200;

/** Does one job at a time. */
interface Hasher {
  run(job: HashJob): Promise<string | boolean>;
  close(): Promise<void>;
}

/** In libuv's pool, at the process's own priority. */
const inProcess: Hasher = {
  run: (job) => ("cost" in job ? bcrypt.hash(job.text, job.cost) : bcrypt.compare(job.text, job.hash)),
  close: () => Promise.resolve(),
};

/** In a thread of its own, of low priority; a thread that dies is replaced with the next job. */
class ThreadHasher implements Hasher {
  #worker: Worker | undefined;

  constructor(readonly file: URL) {}

  run(job: HashJob): Promise<string | boolean> {
    const worker = (this.#worker ??= new Worker(this.file));
    worker.unref();
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        this.#worker = undefined;
        reject(error instanceof Error ? error : unavailable());
      };
      worker.once("error", fail).once("exit", fail);
      worker.once("message", ({ value }: HashResult) => {
        worker.off("error", fail).off("exit", fail);
        resolve(value);
      });
      worker.postMessage(job);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}

/**
 * Hashes passwords beside everything else: bcrypt takes a fifth of a second of a core, on purpose. It queues for as many
 * hashers as there are cores, and those step back behind whatever else wants the cores. Sign-ins go first, and new passwords
 * never take the last hasher: nobody can keep others out by registering all day.
 */
export class HashPool {
  readonly #all: Hasher[];
  readonly #idle: Hasher[];
  #newUnderWay = 0;
  readonly #waiting: Record<Urgency, Pending[]> = { sign_in: [], new_password: [] };

  /** @param worker the built `hash-worker.js`; where there is none (in tests, under a watcher), libuv's pool does */
  constructor(worker?: URL, size = os.availableParallelism()) {
    const hasThreads = worker !== undefined && existsSync(fileURLToPath(worker));
    this.#all = Array.from({ length: size }, () => (hasThreads ? new ThreadHasher(worker) : inProcess));
    this.#idle = [...this.#all];
  }

  /** @throws unavailable when too many wait already */
  run(job: HashJob, urgency: Urgency = "sign_in"): Promise<string | boolean> {
    const waiting = this.#waiting[urgency];
    if (waiting.length >= longestQueue)
      return Promise.reject(unavailable("Too many people are signing in just now. Try again in a moment."));
    return new Promise((resolve, reject) => {
      waiting.push({ job, resolve, reject });
      this.#next();
    });
  }

  /** Ends the threads; what they were at, and what waits, is refused. */
  async close(): Promise<void> {
    for (const waiting of Object.values(this.#waiting))
      for (const { reject } of waiting.splice(0)) reject(unavailable());
    await Promise.all(this.#all.map((hasher) => hasher.close()));
  }

  /** Sign-ins first; new passwords as long as they leave a hasher to them. */
  #take(): [Pending, Urgency] | undefined {
    const signIn = this.#waiting.sign_in.shift();
    if (signIn) return [signIn, "sign_in"];
    const mayHashNew = this.#newUnderWay < Math.max(1, this.#all.length - 1);
    const newPassword = mayHashNew ? this.#waiting.new_password.shift() : undefined;
    return newPassword && [newPassword, "new_password"];
  }

  #next(): void {
    const hasher = this.#idle.pop();
    if (!hasher) return;
    const taken = this.#take();
    if (!taken) return void this.#idle.push(hasher);
    const [{ job, resolve, reject }, urgency] = taken;
    const count = (change: number) => (this.#newUnderWay += urgency === "new_password" ? change : 0);
    count(1);
    hasher
      .run(job)
      .then(resolve, reject)
      .finally(() => {
        count(-1);
        this.#idle.push(hasher);
        this.#next();
      });
  }
}

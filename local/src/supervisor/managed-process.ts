import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { get } from "node:http";

export interface ProcessPlan {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  environment: Record<string, string>;
  logFile: string;
  /** Answers 200 when the process serves; without one the process says `{ready: true}` over IPC. */
  healthUrl?: string;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const answers200 = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(url, { timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once("error", () => resolve(false)).once("timeout", () => request.destroy());
  });

/** Milliseconds that a process may take to stop before it is killed. */
const stopPatience = 25_000;

/** A child process that is started again when it dies unasked, as the cloud would. */
export class ManagedProcess {
  #child: ChildProcess | undefined;
  #stopping = false;
  #isReady = false;
  #restarts = 0;
  #lastError = "";
  readonly #log: WriteStream;

  constructor(
    readonly plan: ProcessPlan,
    /** Told when the process died unasked after it had served. */
    readonly onCrash: (message: string) => void,
    /** Told of each new process id. */
    readonly onSpawn: () => void = () => undefined,
  ) {
    this.#log = createWriteStream(plan.logFile, { flags: "a" });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** @throws Error with the process's own last words when it ends before it serves, or takes too long */
  async start(patience = 60_000): Promise<void> {
    this.#spawn();
    const deadline = Date.now() + patience;
    while (!this.#isReady) {
      if (this.#child?.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(this.#lastError.trim() || `${this.plan.name} ended while starting; see ${this.plan.logFile}.`);
      if (Date.now() > deadline) throw new Error(`${this.plan.name} did not answer in time; see ${this.plan.logFile}.`);
      if (this.plan.healthUrl && (await answers200(this.plan.healthUrl))) this.#isReady = true;
      else await pause(50);
    }
  }

  #spawn(): void {
    const { command, args, cwd, environment } = this.plan;
    // A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops the parts in order.
    const child = spawn(command, args, {
      cwd,
      env: environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#child = child;
    this.onSpawn();
    child.stdout?.pipe(this.#log, { end: false });
    child.stderr?.pipe(this.#log, { end: false });
    child.stderr?.on("data", (data: Buffer) => (this.#lastError = (this.#lastError + data.toString()).slice(-2000)));
    child.on("message", (message) => {
      if (message !== null && typeof message === "object" && "ready" in message) this.#isReady = true;
    });
    child.once("error", (error) => (this.#lastError = error.message));
    child.once("exit", (code, signal) => void this.#onExit(child, signal ?? `code ${code}`));
  }

  /** A part may have children of its own (a watcher, a worker): none may keep the port. */
  #killGroup(child: ChildProcess): void {
    try {
      if (child.pid) process.kill(-child.pid, "SIGKILL");
    } catch {
      // Nobody is left of it.
    }
  }

  async #onExit(child: ChildProcess, how: string): Promise<void> {
    this.#killGroup(child);
    if (this.#stopping || !this.#isReady) return;
    this.#restarts++;
    this.onCrash(`${this.plan.name} ended unexpectedly (${how}); starting it again.`);
    await pause(Math.min(100 * 2 ** (this.#restarts - 1), 5000));
    setTimeout(() => (this.#restarts = 0), 60_000).unref();
    if (!this.#stopping) this.#spawn();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const timer = setTimeout(() => this.#killGroup(child), stopPatience);
    await exited;
    clearTimeout(timer);
    this.#log.end();
  }
}

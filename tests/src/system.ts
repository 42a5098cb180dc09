import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Inbox } from "./mail";
import { freePorts } from "./ports";

export const root = path.resolve(__dirname, "../..");

export type Part = "Database" | "DynamoDB" | "Mail" | "Gateway" | "API" | "Frontend";

const variables = ["PORT_FRONTEND", "PORT_API", "PORT_GATEWAY", "PORT_DATABASE", "PORT_DYNAMODB", "PORT_MAIL"] as const;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until a condition holds. @throws with `what` after `patience` milliseconds */
export async function until(
  what: string,
  condition: () => Promise<boolean> | boolean,
  patience = 20_000,
): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${patience} ms in vain until ${what}.`);
    await pause(25);
  }
}

export interface Launch {
  status: number | null;
  output: string;
}

/** Runs the supervisor as `npm start` does after building, until it ends by itself. */
export async function launchToEnd(environment: Record<string, string>): Promise<Launch> {
  const child = spawnSupervisor(environment);
  let output = "";
  child.stdout?.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr?.on("data", (data: Buffer) => (output += data.toString()));
  const status = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { status, output };
}

/** Tests are quicker than people; those of the limits set their own. */
const unhurried = {
  MESSAGES_PER_MINUTE: "1000000",
  CALLS_PER_10_SECONDS: "1000000",
  STRANGERS_PER_HOUR: "1000000",
  UPLOADS_PER_HOUR: "1000000",
};

function spawnSupervisor(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ["--enable-source-maps", path.join(root, "local/dist/supervise.js")], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], BCRYPT_COST: "4", ...unhurried, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

/** The whole product, started as `npm start` starts it, on free ports and a data folder of its own. */
export class System {
  #child: ChildProcess | undefined;
  output = "";

  private constructor(
    readonly folder: string,
    readonly environment: Record<string, string>,
  ) {}

  static async prepare(environment: Record<string, string> = {}): Promise<System> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-system-"));
    const ports = await freePorts(variables.length);
    const chosen = Object.fromEntries(variables.map((name, i) => [name, String(ports[i])]));
    return new System(folder, { DATA_DIR: folder, LOG_LEVEL: "warn", ...chosen, ...environment });
  }

  static async start(environment: Record<string, string> = {}): Promise<System> {
    const system = await System.prepare(environment);
    await system.start();
    return system;
  }

  get web(): string {
    return `http://localhost:${this.environment["PORT_FRONTEND"]}`;
  }

  get api(): string {
    return `http://127.0.0.1:${this.environment["PORT_API"]}/api`;
  }

  get inbox(): Inbox {
    return new Inbox(`http://127.0.0.1:${this.environment["PORT_MAIL"]}`);
  }

  get databaseUri(): string {
    return `mongodb://127.0.0.1:${this.environment["PORT_DATABASE"]}/connectbest?replicaSet=rs0`;
  }

  get supervisor(): ChildProcess {
    if (!this.#child) throw new Error("The system is not started.");
    return this.#child;
  }

  async start(): Promise<void> {
    const child = spawnSupervisor(this.environment);
    this.#child = child;
    child.stdout?.on("data", (data: Buffer) => (this.output += data.toString()));
    child.stderr?.on("data", (data: Buffer) => (this.output += data.toString()));
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", (code) => reject(new Error(`The system ended with ${code}:\n${this.output}`)));
    });
  }

  /** The process id under which a part runs now. */
  pid(part: Part): number {
    const pids = JSON.parse(readFileSync(path.join(this.folder, "processes.json"), "utf8")) as Record<string, number>;
    const pid = pids[part];
    if (!pid) throw new Error(`${part} is not running.`);
    return pid;
  }

  get pids(): number[] {
    return Object.values(
      JSON.parse(readFileSync(path.join(this.folder, "processes.json"), "utf8")) as object,
    ) as number[];
  }

  /** Ends a part as a crash would; the supervisor starts it again. */
  kill(part: Part, signal: NodeJS.Signals = "SIGKILL"): void {
    process.kill(this.pid(part), signal);
  }

  async apiIsReady(): Promise<boolean> {
    return fetch(`${this.api}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
  }

  /** Ctrl-C. @returns the exit status */
  async interrupt(signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
    const child = this.supervisor;
    if (child.exitCode !== null) return child.exitCode;
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return exited;
  }

  async stop(): Promise<void> {
    if (this.#child) await this.interrupt();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

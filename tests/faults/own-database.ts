import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePorts } from "../src/ports";
import { root } from "../src/system";

/** The embedded database without a supervisor, which would start it again before anybody could look. */
export class OwnDatabase {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-database-"));
  #child: ChildProcess | undefined;

  private constructor(readonly port: number) {}

  static async prepare(): Promise<OwnDatabase> {
    const [port = 0] = await freePorts(1);
    return new OwnDatabase(port);
  }

  get uri(): string {
    return `mongodb://127.0.0.1:${this.port}/connectbest?replicaSet=rs0`;
  }

  /** Where everything is. */
  get file(): string {
    return path.join(this.folder, "mongo/data.mdb");
  }

  /** @param largestFile bytes to which any file may grow, as on a disk that is full */
  async start(largestFile?: number): Promise<void> {
    const program = [process.execPath, path.join(root, "local/dist/database-main.js")];
    // The shell counts in units of 512 bytes.
    const limit = largestFile ? `ulimit -f ${Math.floor(largestFile / 512)}; ` : "";
    const child = spawn("sh", ["-c", `${limit}exec "$@"`, "sh", ...program], {
      env: { PATH: process.env["PATH"], PORT: String(this.port), DATA_DIR: this.folder, NODE_NO_WARNINGS: "1" },
      // Of a full disk it says a lot.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", (code) => reject(new Error(`The database ended with ${code}.`)));
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async end(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await exited;
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { root } from "./system";

export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** One of the programs of `backend/src/tools` as it was built, with nothing in its environment but what it is given. */
export class DataProgram {
  out = "";
  err = "";
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(name: string, args: string[], environment: Record<string, string>) {
    this.child = spawn(process.execPath, [path.join(root, "backend/dist", `${name}.js`), ...args], {
      cwd: "/",
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stdout?.on("data", (data: Buffer) => (this.out += data.toString()));
    this.child.stderr?.on("data", (data: Buffer) => (this.err += data.toString()));
    this.ended = new Promise((resolve) =>
      this.child.once("close", (status, signal) => resolve({ status, signal, out: this.out, err: this.err })),
    );
  }
}

/** Runs one to its end. */
export const runData = (name: string, args: string[], environment: Record<string, string>): Promise<Ended> =>
  new DataProgram(name, args, environment).ended;

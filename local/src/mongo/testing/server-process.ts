import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { join } from "node:path";

/** A server in a process of its own. */
export interface ServerProcess {
  uri: string;
  pid: number;
  /** Ends the process and waits until it is gone. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

async function firstLine(child: ChildProcess): Promise<string> {
  let output = "";
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("\n")) resolve(output.trim());
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${output}`)));
  });
}

/**
 * Starts a server on a folder.
 * @param here Any folder beside this one: neither CommonJS nor ESM alone can tell where this file is.
 */
export async function startServerProcess(path: string, here: string): Promise<ServerProcess> {
  const entry = join(here, "../testing/serve.ts");
  const child = spawn(process.execPath, ["--import", "tsx", entry, path], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: here,
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const uri = await firstLine(child);
  return {
    uri,
    pid: child.pid ?? 0,
    async end(signal) {
      child.kill(signal);
      await gone;
    },
  };
}

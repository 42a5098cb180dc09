import { readlinkSync } from "node:fs";
import os from "node:os";
import { parentPort } from "node:worker_threads";
import bcrypt from "bcrypt";
import type { HashJob, HashResult } from "./hash-pool";

/** Below everything that somebody waits for in the same machine: a second more at sign-in is better than a slow chat. */
const niceness = 10;

/** Linux gives each thread a priority of its own, by its id; elsewhere threads stay as they are. */
function stepBack(): void {
  try {
    const threadId = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    if (threadId > 0) os.setPriority(threadId, niceness);
  } catch {
    // No such thing here: the work is done all the same.
  }
}

stepBack();
parentPort?.on("message", (job: HashJob) => {
  const value = "cost" in job ? bcrypt.hashSync(job.text, job.cost) : bcrypt.compareSync(job.text, job.hash);
  parentPort?.postMessage({ value } satisfies HashResult);
});

// `node daily-backup.mjs <folder> <command…>` runs the command, which adds a backup to the folder, whenever the last one there is a
// day old; one that fails is tried again after an hour. `node daily-backup.mjs <folder> --check` is the container's health check.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";

const hour = 3_600_000;
const [folder, program, ...args] = process.argv.slice(2);

/** Milliseconds since the last whole backup, by its name: connectbest-20260131T120000000Z. One under way has another. */
function age() {
  const stamps = readdirSync(folder).flatMap((name) => {
    const [, ...parts] = /^connectbest-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\d{3}Z$/.exec(name) ?? [];
    const [year, month, ...rest] = parts.map(Number);
    return parts.length > 0 ? [Date.UTC(year, month - 1, ...rest)] : [];
  });
  // One of the future was made while the clock was wrong: it must not keep the next from being made.
  return Date.now() - Math.max(0, ...stamps.filter((stamp) => stamp <= Date.now()));
}

const told = new AbortController();
const pause = (ms) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    told.signal.addEventListener("abort", () => resolve(clearTimeout(timer)), { once: true });
  });

/** @returns whether it went well. It is told to end when this program is. */
const run = () =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "inherit" });
    const end = () => child.kill("SIGTERM");
    told.signal.addEventListener("abort", end, { once: true });
    child.once("error", () => resolve(false));
    child.once("exit", (status) => {
      told.signal.removeEventListener("abort", end);
      resolve(status === 0);
    });
  });

if (program === "--check") {
  const hours = age() / hour;
  if (hours > 26) console.error(`The last backup in ${folder} is ${Math.round(hours)} hours old.`);
  process.exit(hours > 26 ? 1 : 0);
}

for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => told.abort());
while (!told.signal.aborted) {
  const wait = 24 * hour - age();
  if (wait > 0) await pause(wait);
  // Well or not: without a new backup there was none.
  else if ((!(await run()) || age() > hour) && !told.signal.aborted) {
    console.error("The backup failed; it is tried again in an hour.");
    await pause(hour);
  }
}

import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
  existsSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Version of the key layout and value encoding; another one is refused, never misread. */
const formatVersion = 2;

/** A folder this process may write to, and how to let go of it. */
export interface DataFolder {
  path: string;
  release(): void;
}

/** Processes share folders across containers only by mistake: the lock holds pid and start time, so that a reused pid is seen. */
function startTimeOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function isRunning(pid: number, started: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = startTimeOf(pid);
  return now === "" || started === "" || now === started;
}

function takeLock(file: string, path: string): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, "wx");
      writeSync(handle, `${process.pid} ${startTimeOf(process.pid)}\n`);
      closeSync(handle);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const [pid = "0", started = ""] = readFileSync(file, "utf8").trim().split(" ");
    if (isRunning(Number(pid), started)) {
      throw new Error(`The data folder ${path} is in use by process ${pid}. Stop it, or start with another folder.`);
    }
    rmSync(file, { force: true }); // left behind by a process that was killed
  }
  throw new Error(`The data folder ${path} is being opened by another process.`);
}

/**
 * Opens a data folder for this process alone, creating it when absent.
 * @throws Error when another process has it, or when its format is of another version.
 */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true });
  const lock = join(path, "server.lock");
  takeLock(lock, path);
  const release = () => rmSync(lock, { force: true });
  const versionFile = join(path, "format");
  try {
    if (!existsSync(versionFile)) {
      if (existsSync(join(path, "data.mdb")))
        throw new Error(`The data folder ${path} was written by another program.`);
      writeFileSync(versionFile, `${formatVersion}\n`, { flush: true });
    }
    const version = readFileSync(versionFile, "utf8").trim();
    if (version !== String(formatVersion)) {
      throw new Error(`The data folder ${path} has format ${version}; this version reads format ${formatVersion}.`);
    }
  } catch (error) {
    release();
    throw error;
  }
  return { path, release };
}

/** A folder that is gone after release: in memory where the system offers it. */
export function openTemporaryFolder(): DataFolder {
  const path = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "connectbest-mongo-"));
  return { path, release: () => rmSync(path, { recursive: true, force: true }) };
}

import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Measure, type Measured } from "./measure";

/** Makes the names in a folder outlive a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

/** Stores a stream in a new file, for its owner alone; on the disk when it resolves. */
export async function store(
  folder: string,
  name: string,
  body: Readable,
  { through = [], signal }: { through?: NodeJS.ReadWriteStream[]; signal?: AbortSignal | undefined } = {},
): Promise<Measured> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "wx", 0o600);
  const all = new Measure();
  await pipeline([body, ...through, all, handle.createWriteStream({ flush: true })], { ...(signal && { signal }) });
  await syncFolder(path.dirname(file));
  return all.result();
}

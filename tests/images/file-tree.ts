import { chmodSync, lstatSync, readdirSync, rmSync, type Stats } from "node:fs";
import path from "node:path";

export interface Entry {
  file: string;
  stats: Stats;
}

/** Everything below a folder, folders before what is in them. */
export function* eachFile(folder: string, skip: ReadonlySet<string> = new Set()): Generator<Entry> {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (skip.has(file)) continue;
    const stats = lstatSync(file);
    yield { file, stats };
    if (stats.isDirectory()) yield* eachFile(file, skip);
  }
}

/** Bytes of all files. */
export const sizeOf = (folder: string): number =>
  [...eachFile(folder)].reduce((sum, { stats }) => sum + (stats.isFile() ? stats.size : 0), 0);

/** What a write would change of a folder. */
export const describe = (folder: string, skip: ReadonlySet<string>): string[] =>
  [...eachFile(folder, skip)].map(({ file, stats }) => `${file} ${stats.size} ${stats.mtimeMs}`);

/** Takes everybody's right to write, as a root file system that is mounted read-only would. */
export function makeReadOnly(folder: string, skip: ReadonlySet<string>): void {
  for (const { file, stats } of eachFile(folder, skip))
    if (!stats.isSymbolicLink()) chmodSync(file, stats.mode & 0o7555);
  chmodSync(folder, 0o555);
}

/** Removes a folder, read-only parts and all. */
export function removeAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const { file, stats } of eachFile(folder)) if (stats.isDirectory()) chmodSync(file, 0o755);
  rmSync(folder, { recursive: true, force: true });
}

import { readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";

const whole = /^connectbest-\d{8}T\d{9}Z$/;
const partial = /^\.connectbest-\d{8}T\d{9}Z\.partial$/;
/** Milliseconds after which what grows is taken for what a process left that died. */
const abandoned = 24 * 3600_000;

/**
 * Removes all but the latest backups of a folder, and what was left of broken-off ones a day ago; nothing else that is there.
 * @param made the name of the one just made: it stays, also beside some of a time when the clock was ahead
 * @returns the names of the backups removed
 */
export async function keepLatest(parent: string, count: number, made: string): Promise<string[]> {
  const names = (await readdir(parent)).sort();
  const others = names.filter((name) => whole.test(name) && name !== made);
  const old = others.slice(0, Math.max(0, others.length - (count - 1)));
  for (const name of old) {
    // Under its own name it must not be found with half of it gone.
    const going = path.join(parent, `.${name}.partial`);
    await rename(path.join(parent, name), going);
    await rm(going, { recursive: true });
  }
  for (const name of names.filter((one) => partial.test(one))) {
    const { mtimeMs } = await stat(path.join(parent, name));
    if (Date.now() - mtimeMs > abandoned) await rm(path.join(parent, name), { recursive: true });
  }
  return old;
}

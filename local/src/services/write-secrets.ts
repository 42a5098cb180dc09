import { chmodSync, chownSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { loadSecrets } from "../supervisor/secrets";
import { secretsByReader } from "../supervisor/secrets-by-reader";

interface Setting {
  /** Where the secrets are kept, and below it a folder for each reader. */
  folder: string;
  /** The address people open. */
  origin: string;
  /** Who may read what is in the folders; by default who makes them. */
  readerUid?: number | undefined;
}

/** A folder of the reader's own, whoever made it: an engine makes what it is to mount, as root and for everybody. */
function giveFolder(folder: string, uid: number | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (uid !== undefined && statSync(folder).uid === uid) return;
  chmodSync(folder, 0o700);
  if (uid !== undefined) chownSync(folder, uid, uid);
}

/**
 * Makes an installation's secrets on the first run, and on every run the file `env` in each reader's folder: what
 * `node --env-file` reads there, and no more.
 */
export function writeSecrets({ folder, origin, readerUid }: Setting): void {
  mkdirSync(folder, { recursive: true });
  const byReader = secretsByReader(loadSecrets(folder), origin);
  for (const [reader, environment] of Object.entries(byReader)) {
    const home = path.join(folder, reader);
    giveFolder(home, readerUid);
    const file = path.join(home, "env");
    const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(`${file}.new`, lines.join(""), { mode: 0o600 });
    if (readerUid !== undefined) chownSync(`${file}.new`, readerUid, readerUid);
    renameSync(`${file}.new`, file);
  }
}

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { StartupProblem } from "./preflight";

const names = ["jwt", "service", "nextAuth", "frontend", "encryption", "vapid"] as const;
export type Secrets = Record<(typeof names)[number], string>;

/** A file of an earlier version holds fewer: what is missing is made. */
const Kept = z.partialRecord(z.enum(names), z.string().min(32));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 32 bytes: also a private key of the curve P-256, of which there are all but 2^-32 as many. */
const random = () => randomBytes(32).toString("base64url");

/** This installation's own secrets: made on the first start, kept with the data, readable by its owner alone. */
export function loadSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, "secrets.json");
  const kept = existsSync(file) ? Kept.safeParse(parseJson(readFileSync(file, "utf8"))) : { success: true, data: {} };
  if (!kept.success)
    throw new StartupProblem(
      `${file} is damaged. Restore it from a backup, or delete it: then everybody has to sign in again, and two-factor sign-in has to be reset for those who use it.`,
    );
  const secrets = Object.fromEntries(
    names.map((name) => [name, (kept.data as Partial<Secrets>)[name] ?? random()]),
  ) as Secrets;
  if (names.some((name) => !(kept.data as Partial<Secrets>)[name])) {
    // Put in place at once: half a file would be the loss of all.
    writeFileSync(`${file}.new`, JSON.stringify(secrets), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return secrets;
}

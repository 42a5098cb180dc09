import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { StartupProblem } from "./preflight";

const Secrets = z.object({ jwt: z.string().min(32), service: z.string().min(32), nextAuth: z.string().min(32) });
export type Secrets = z.infer<typeof Secrets>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const random = () => randomBytes(32).toString("base64url");

/** This installation's own secrets: made on the first start, kept with the data, readable by its owner alone. */
export function loadSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, "secrets.json");
  if (existsSync(file)) {
    const kept = Secrets.safeParse(parseJson(readFileSync(file, "utf8")));
    if (kept.success) return kept.data;
    throw new StartupProblem(
      `${file} is damaged. Restore it from a backup, or delete it: then everybody has to sign in again.`,
    );
  }
  const secrets = { jwt: random(), service: random(), nextAuth: random() };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

import { createHash, randomBytes } from "node:crypto";
import bcrypt from "bcrypt";
import { invalidRequest } from "../../http/errors";
import { isCommonPassword } from "./common-passwords";
import { HashPool } from "./hash-pool";

/**
 * bcrypt reads 72 bytes at most; hashing first makes every character of a long password count. Normalized (NFC), so that
 * an "é" is the same whichever keyboard composed it.
 */
const digest = (password: string): string =>
  createHash("sha384").update(password.normalize("NFC"), "utf8").digest("base64");

let pool = new HashPool();
/** Called once at boot, with the threads that the build made. */
export const useHashPool = (threads: HashPool): void => void (pool = threads);

/** @param cost bcrypt's, 4 to 15: each step doubles the time */
export const hashPassword = (password: string, cost: number): Promise<string> =>
  pool.run({ text: digest(password), cost }, "new_password").then(String);

const decoys = new Map<number, string>();

/** A hash that nobody's password has, as dear as any: made once for each cost. */
export async function decoyOf(cost: number): Promise<string> {
  const known = decoys.get(cost);
  if (known) return known;
  const made = String(await pool.run({ text: randomBytes(32).toString("base64"), cost }));
  decoys.set(cost, made);
  return made;
}

/** Takes as long for an unknown account (`hash` absent) as for a wrong password. */
export async function verifyPassword(
  password: string,
  hash: string | null | undefined,
  cost: number,
): Promise<boolean> {
  const matches = await pool.run({ text: digest(password), hash: hash ?? (await decoyOf(cost)) });
  return matches === true && Boolean(hash);
}

/** Whether a hash was made with less work than is asked for now. */
export const isOutdated = (hash: string, cost: number): boolean => bcrypt.getRounds(hash) < cost;

/** @param path of the field that holds it. @throws invalid_request for what everybody tries first */
export function refuseCommonPassword(password: string, path: string): void {
  if (!isCommonPassword(password)) return;
  const message = "This is one of the most common passwords: attackers try it first. Choose another one.";
  throw invalidRequest(message, [{ path, message }]);
}

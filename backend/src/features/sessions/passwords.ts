import { createHash } from "node:crypto";
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
  pool.run({ text: digest(password), cost }).then(String);

let decoy: Promise<string> | undefined;

/** Takes as long for an unknown account (`hash` undefined) as for a wrong password. */
export async function verifyPassword(
  password: string,
  hash: string | null | undefined,
  cost: number,
): Promise<boolean> {
  decoy ??= hashPassword("nobody's password", cost);
  const against = hash ?? (await decoy);
  const matches = await pool.run({ text: digest(password), hash: against });
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

import { createHash } from "node:crypto";
import bcrypt from "bcrypt";

/** bcrypt reads 72 bytes at most; hashing first makes every character of a long password count. */
const digest = (password: string): string => createHash("sha384").update(password, "utf8").digest("base64");

/** Off the event loop, in libuv's pool. @param cost bcrypt's, 4 to 15: each step doubles the time */
export const hashPassword = (password: string, cost: number): Promise<string> => bcrypt.hash(digest(password), cost);

let decoy: Promise<string> | undefined;

/** Takes as long for an unknown account (`hash` undefined) as for a wrong password. */
export async function verifyPassword(password: string, hash: string | undefined, cost: number): Promise<boolean> {
  decoy ??= hashPassword("nobody's password", cost);
  const matches = await bcrypt.compare(digest(password), hash ?? (await decoy));
  return matches && hash !== undefined;
}

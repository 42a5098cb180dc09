import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { Config } from "../config";

type Keys = Pick<Config, "ENCRYPTION_KEY" | "ENCRYPTION_KEY_PREVIOUS">;

const algorithm = "aes-256-gcm";

/** 32 bytes from a configured secret of any length. */
const keyOf = (secret: string): Buffer => createHash("sha256").update(`connectbest sealed box\0${secret}`).digest();
/** Tells which key sealed a text, without telling the key. */
const markOf = (key: Buffer): string => createHash("sha256").update(key).digest("base64url").slice(0, 8);

/**
 * Encrypts a text for the database: AES-256-GCM, `mark.nonce.ciphertext.tag` in base64url. `context` (whose it is) is
 * authenticated with it, so that a sealed text moved to another row does not open.
 */
export function seal(text: string, context: string, keys: Keys): string {
  const key = keyOf(keys.ENCRYPTION_KEY);
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [markOf(key), ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString("base64url"))].join(".");
}

/** @throws Error when none of the keys sealed it, or it was changed since */
export function unseal(sealed: string, context: string, keys: Keys): string {
  const [mark, ...parts] = sealed.split(".");
  const secrets = [keys.ENCRYPTION_KEY, keys.ENCRYPTION_KEY_PREVIOUS].filter((secret) => secret !== undefined);
  const key = secrets.map(keyOf).find((candidate) => markOf(candidate) === mark);
  const [nonce, text, tag] = parts.map((part) => Buffer.from(part, "base64url"));
  if (!key || !nonce || !text || !tag) throw new Error("Sealed with a key that is not configured (ENCRYPTION_KEY).");
  // A shorter tag, which Node would take, is sooner guessed: some boxes come back from strangers.
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: 16 })
    .setAAD(Buffer.from(context))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
}

/** Whether a text was sealed with the key before: time to seal it anew. */
export const isSealedBefore = (sealed: string, { ENCRYPTION_KEY }: Pick<Keys, "ENCRYPTION_KEY">): boolean =>
  !sealed.startsWith(`${markOf(keyOf(ENCRYPTION_KEY))}.`);

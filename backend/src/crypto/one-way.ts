import { createHash, randomBytes } from "node:crypto";

/** 256 bits of randomness as text: the secret of a link or a token, too much to be guessed. */
export const randomSecret = (): string => randomBytes(32).toString("base64url");

/** What is kept of such a secret. One round is enough: there is nothing to try out. */
export const fingerprint = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

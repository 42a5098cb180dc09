import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { FileVariant } from "@connectbest/contract";
import type { Config } from "../../config";
import { forbidden } from "../../http/errors";

type Keys = Pick<Config, "ENCRYPTION_KEY">;

/** Seconds that an address is good for. */
export const addressLife = 300;

interface Content {
  fileId: string;
  variant: FileVariant;
  /** Unix time, in seconds. */
  expires: number;
}

function signatureOf({ fileId, variant, expires }: Content, { ENCRYPTION_KEY }: Keys): Buffer {
  // A key of its own, so that what is signed here means nothing elsewhere.
  const key = createHash("sha256").update(`connectbest file address\0${ENCRYPTION_KEY}`).digest();
  return createHmac("sha256", key).update([fileId, variant, expires].join("\n")).digest();
}

/** An address at which anybody who has it may read a file for five minutes. Without a host: it is wherever the API is. */
export function contentAddress(fileId: string, variant: FileVariant, keys: Keys): string {
  const expires = Math.floor(Date.now() / 1000) + addressLife;
  const signature = signatureOf({ fileId, variant, expires }, keys).toString("base64url");
  const query = new URLSearchParams({ variant, expires: String(expires), signature });
  return `/api/files/${fileId}/content?${query.toString()}`;
}

/** @throws forbidden for an address that we did not give, or gave too long ago */
export function demandSignature(content: Content & { signature: string }, keys: Keys): void {
  const given = Buffer.from(content.signature, "base64url");
  const right = signatureOf(content, keys);
  const isOurs = given.length === right.length && timingSafeEqual(given, right);
  if (!isOurs || content.expires * 1000 < Date.now())
    throw forbidden("This address is not good any more: it was for five minutes. Open the file anew.");
}

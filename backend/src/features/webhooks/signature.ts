import { createHmac, randomBytes } from "node:crypto";

/** As Standard Webhooks has it: `whsec_` and the key in base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/**
 * The headers by which a program knows that a delivery is ours, and whole: Standard Webhooks 1.0 (HMAC-SHA256 over id, time
 * and body), for which there are libraries in every language.
 * @param moment its time goes into the signature: programs refuse what is older than a few minutes
 */
export function signatureHeaders(secret: string, id: string, body: string, moment: Date): Record<string, string> {
  const timestamp = String(Math.floor(moment.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

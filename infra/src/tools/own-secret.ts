import { createECDH } from "node:crypto";

/**
 * The installation's own secret as a file to fill in: what only a person knows is empty, the pair of keys for web push is made.
 * `npm run own-secret --silent > own.json`
 */
export function ownSecret(): Record<string, string> {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  // A private key that begins with a zero byte would come out shorter.
  const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32);
  return {
    MONGODB_URI: "",
    VAPID_PUBLIC_KEY: pair.getPublicKey("base64url"),
    VAPID_PRIVATE_KEY: privateKey.toString("base64url"),
    GOOGLE_CLIENT_ID: "",
    GOOGLE_CLIENT_SECRET: "",
  };
}

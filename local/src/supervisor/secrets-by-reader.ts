import { createECDH } from "node:crypto";
import type { Secrets } from "./secrets";

/** The pair by which push services know this installation. Some of them take no subject on this machine. */
function vapidOf(privateKey: string, origin: string): Record<string, string> {
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(privateKey, "base64url");
  return {
    VAPID_PUBLIC_KEY: pair.getPublicKey("base64url"),
    VAPID_PRIVATE_KEY: privateKey,
    VAPID_SUBJECT: origin.startsWith("https://") ? origin : "mailto:operator@example.com",
  };
}

export type Reader = "backend" | "frontend" | "gateway";

/** Which program reads which secrets, under which names. @param origin the address people open */
export const secretsByReader = (secrets: Secrets, origin: string): Record<Reader, Record<string, string>> => ({
  backend: {
    JWT_SECRET: secrets.jwt,
    SERVICE_SECRET: secrets.service,
    FRONTEND_SECRET: secrets.frontend,
    ENCRYPTION_KEY: secrets.encryption,
    ...vapidOf(secrets.vapid, origin),
  },
  frontend: { NEXTAUTH_SECRET: secrets.nextAuth, FRONTEND_SECRET: secrets.frontend },
  gateway: { JWT_SECRET: secrets.jwt, SERVICE_SECRET: secrets.service },
});

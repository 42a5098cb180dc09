import { createHmac, randomBytes } from "node:crypto";
import speakeasy from "speakeasy";

/** Seconds that a code is shown for (RFC 6238); one step before and after is taken too, for clocks that differ. */
const period = 30;
const tolerance = 1;

const currentStep = (now: number): number => Math.floor(now / 1000 / period);

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * 160 random bits, as RFC 4226 recommends, in base32. speakeasy's own generator draws printable characters, and some of
 * them likelier than others: that is about 120 bits.
 */
export function newSeed(): string {
  const bits = [...randomBytes(20)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => base32.charAt(parseInt(five, 2))).join("");
}

export const otpauthUrl = (seed: string, account: string): string =>
  speakeasy.otpauthURL({ secret: seed, encoding: "base32", label: account, issuer: "ConnectBest Chat", period });

/** The step that a code belongs to, or `undefined` when it is none of now's. @param now in milliseconds */
export function stepOf(code: string, seed: string, now = Date.now()): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const found = speakeasy.totp.verifyDelta({
    secret: seed,
    encoding: "base32",
    token: code,
    step: period,
    time: Math.floor(now / 1000),
    window: tolerance,
  });
  return found ? currentStep(now) + found.delta : undefined;
}

/** Without the letters and digits that people confuse. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** `xxxxx-xxxxx`: about 49 bits, each good once, with few tries. */
function newBackupCode(): string {
  const letters: string[] = [];
  while (letters.length < 10)
    for (const byte of randomBytes(16)) {
      // Bytes beyond the last whole multiple would make some letters likelier.
      if (byte >= 256 - (256 % alphabet.length) || letters.length === 10) continue;
      letters.push(alphabet.charAt(byte % alphabet.length));
    }
  return `${letters.slice(0, 5).join("")}-${letters.slice(5).join("")}`;
}

export const newBackupCodes = (): string[] => Array.from({ length: 10 }, newBackupCode);

/** What is kept of a backup code: keyed, for 49 bits could be tried out by whoever holds a copy of the database. */
export const backupFingerprint = (code: string, userId: string, key: string): string =>
  createHmac("sha256", key)
    .update(`backup code ${userId} ${code.toLowerCase().replace(/[^a-z0-9]/g, "")}`)
    .digest("base64url");

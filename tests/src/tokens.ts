import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { System } from "./system";

type Json = Record<string, unknown>;

const encode = (value: Json): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JSON Web Token made by hand, right or wrong. `sign` is given what is signed. */
export function makeToken(header: Json, claims: Json, sign: (input: string) => Buffer): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign(input).toString("base64url")}`;
}

export const hs256 = (secret: string) => (input: string) => createHmac("sha256", secret).update(input).digest();
export const unsigned = () => Buffer.alloc(0);

/** What a token says, unverified. */
export const claimsOf = (token: string): Json =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Json;

/** The installation's own secrets, as whoever owns the machine can read them. */
export const secretsOf = (system: System): Record<"jwt" | "service" | "nextAuth" | "frontend" | "encryption", string> =>
  JSON.parse(readFileSync(path.join(system.folder, "secrets.json"), "utf8")) as ReturnType<typeof secretsOf>;

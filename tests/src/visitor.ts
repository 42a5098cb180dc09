import { randomBytes, randomInt } from "node:crypto";
import { sendRaw } from "./raw";
import type { RestAnswer } from "./rest-client";
import type { System } from "./system";
import { secretsOf } from "./tokens";

export const someEmail = (): string => `${randomBytes(6).toString("hex")}@example.com`;
export const someAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

/** The headers in which our own frontend names a visitor's address. */
export const visitorFrom = (system: System, address: string): Record<string, string> => ({
  "x-visitor-proof": secretsOf(system).frontend,
  "x-visitor-address": address,
});

/** Signs in as a visitor from somewhere: unless told otherwise, from an address that nobody came from before. */
export async function signInFrom(
  system: System,
  body: { email: string; password: string },
  headers: Record<string, string> = visitorFrom(system, someAddress()),
): Promise<RestAnswer> {
  const answer = await sendRaw(`${system.api}/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return {
    status: answer.status,
    body: JSON.parse(answer.text) as unknown,
    headers: new Headers(answer.headers as Record<string, string>),
  };
}

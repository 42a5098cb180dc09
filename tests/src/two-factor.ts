import { routes } from "@connectbest/contract";
import speakeasy from "speakeasy";
import type { Person } from "./rest-client";
import { pause } from "./system";

const period = 30_000;

/** The code of an authenticator app, `steps` of half a minute from now. */
export const codeOf = (secret: string, steps = 0): string =>
  speakeasy.totp({ secret, encoding: "base32", time: Math.floor((Date.now() + steps * period) / 1000) });

/** Waits until the present code will last for some seconds, so that a test does not straddle two. */
export async function steadyCode(atLeast = 8000): Promise<void> {
  const left = period - (Date.now() % period);
  if (left < atLeast) await pause(left + 50);
}

export interface SecondFactor {
  secret: string;
  backupCodes: string[];
}

/** Sets two-factor sign-in up, with the code before the present one: this and the next are still to be used. */
export async function enableTwoFactor(person: Person): Promise<SecondFactor> {
  await steadyCode();
  const { secret } = await person.rest.call(routes.setUpTwoFactor, { body: { password: person.password } });
  const body = { code: codeOf(secret, -1) };
  const { backupCodes } = await person.rest.call(routes.verifyTwoFactorSetup, { body });
  return { secret, backupCodes };
}

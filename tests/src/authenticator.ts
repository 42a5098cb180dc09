import speakeasy from "speakeasy";

/** Somebody's authenticator app. Each code is taken once: ask for a later step to have another at once. */
export const codeOf = (secret: string, stepsAhead: 0 | 1 = 0): string =>
  speakeasy.totp({ secret, encoding: "base32", time: Math.floor(Date.now() / 1000) + stepsAhead * 30 });

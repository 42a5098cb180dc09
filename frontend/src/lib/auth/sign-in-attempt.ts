/** One request to next-auth: what its callbacks need to know of it, and what they add to its answer. */
export interface SignInAttempt {
  readonly cookies: Readonly<Record<string, string>>;
  /** Headers that tell the API on whose behalf it is asked. */
  readonly visitor: Record<string, string>;
  /** `Set-Cookie` lines for the answer. */
  readonly setCookies: string[];
}

export const noAttempt = (): SignInAttempt => ({ cookies: {}, visitor: {}, setCookies: [] });

import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import * as z from "zod";
import { unavailable } from "../../http/errors";

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

const Identity = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().trim().toLowerCase().pipe(z.email()),
  email_verified: z.union([z.literal(true), z.literal("true")]),
  name: z.string().trim().min(1).max(200).optional(),
  /** Google's: the organisation's domain, for accounts that an organisation manages. */
  hd: z.string().optional(),
  nonce: z.string(),
});
export type Identity = z.output<typeof Identity>;

const google = "https://accounts.google.com";
/** Google signs as either. https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken */
const namesOf = (issuer: string): string[] => (issuer === google ? [google, "accounts.google.com"] : [issuer]);

/** What jose says of a bad token, and not of a provider that answers with something else than its keys. */
const isAboutToken = /^ERR_(JWT|JWS|JOSE_ALG|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING_KEY)/;

/** Seconds for which an ID token is taken after it was issued. */
export const longestAge = 600;

/** Checks ID tokens of one OpenID provider for one client: signature, issuer, audience, age, nonce, confirmed address. */
export class IdTokens {
  readonly issuer: string;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    issuer: string,
    readonly clientId: string,
  ) {
    this.issuer = issuer.replace(/\/+$/, "");
  }

  async #discover(): Promise<JWTVerifyGetKey> {
    const response = await fetch(`${this.issuer}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) throw new Error(`The OpenID provider answers ${response.status}.`);
    const found = Discovery.parse(await response.json());
    if (found.issuer.replace(/\/+$/, "") !== this.issuer)
      throw new Error("The OpenID provider names another issuer than the configured one.");
    return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: 5000 });
  }

  async #verify(idToken: string): Promise<JWTPayload | undefined> {
    try {
      this.#keys ??= this.#discover();
      const { payload } = await jwtVerify(idToken, await this.#keys, {
        issuer: namesOf(this.issuer),
        audience: this.clientId,
        algorithms: ["RS256", "PS256", "ES256"],
        maxTokenAge: longestAge,
        clockTolerance: 30,
        requiredClaims: ["sub", "exp", "iat", "nonce"],
      });
      // Several audiences: then the one it was made for must be us. (OpenID Connect Core, 3.1.3.7)
      if (Array.isArray(payload.aud) && payload.aud.length > 1 && payload["azp"] !== this.clientId) return undefined;
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError && isAboutToken.test(error.code)) return undefined;
      this.#keys = undefined;
      throw unavailable("Google cannot be reached just now. Try again in a moment, or sign in with your password.");
    }
  }

  /** Whom a good token stands for, `undefined` for any other. @throws unavailable when the provider's keys cannot be had */
  async identify(idToken: string, nonce: string): Promise<Identity | undefined> {
    const payload = await this.#verify(idToken);
    const identity = Identity.safeParse(payload).data;
    return identity?.nonce === nonce ? identity : undefined;
  }

  /**
   * Whether the provider's word alone proves that an address is somebody's: Google vouches for its own addresses and for
   * those of organisations that it manages; a provider that the operator chose vouches for all.
   * https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
   */
  vouchesFor({ email, hd }: Identity): boolean {
    return this.issuer !== google || email.endsWith("@gmail.com") || hd !== undefined;
  }
}

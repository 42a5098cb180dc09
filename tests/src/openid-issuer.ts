import { createPrivateKey, generateKeyPairSync, randomUUID, sign, type KeyObject } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { makeToken } from "./tokens";

type Json = Record<string, unknown>;

/** An OpenID provider on loopback: discovery, keys, and ID tokens right or wrong. */
export class OpenIdIssuer {
  readonly clientId = "client-of-the-tests";
  readonly #keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

  private constructor(readonly server: Server) {}

  static async start(): Promise<OpenIdIssuer> {
    const server = createServer();
    const issuer = new OpenIdIssuer(server);
    server.on("request", (request, response) => {
      const jwk = { ...issuer.publicKey.export({ format: "jwk" }), kid: "only", alg: "RS256", use: "sig" };
      const discovery = { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` };
      const answer = request.url?.endsWith("/keys") ? { keys: [jwk] } : discovery;
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get publicKey(): KeyObject {
    return this.#keys.publicKey;
  }

  /** What `System.start` needs to sign people in here. */
  get environment(): Record<string, string> {
    return { GOOGLE_CLIENT_ID: this.clientId, GOOGLE_CLIENT_SECRET: "of-no-use-here", GOOGLE_ISSUER: this.url };
  }

  /** The claims of a good ID token. */
  claims(email: string, nonce: string, change: Json = {}): Json {
    const now = Math.floor(Date.now() / 1000);
    const who = { sub: `subject-${email}`, email, email_verified: true, name: "By Provider" };
    return { iss: this.url, aud: this.clientId, iat: now, exp: now + 300, nonce, jti: randomUUID(), ...who, ...change };
  }

  /** @param key another private key, to sign what this issuer never signed */
  idToken(claims: Json, key: KeyObject = this.#keys.privateKey, header: Json = { alg: "RS256", kid: "only" }): string {
    return makeToken(header, claims, (input) => sign("sha256", Buffer.from(input), key));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A key that no issuer of ours knows. */
export const strangersKey = (): KeyObject =>
  createPrivateKey(
    generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "pem", type: "pkcs8" }),
  );

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from "jose";

/** An OpenID provider on loopback with nothing but its keys: what Google is to the API. */
export class OpenIdIssuer {
  private constructor(
    readonly server: Server,
    readonly url: string,
    readonly clientId: string,
    readonly key: CryptoKey,
    /** A key that it never published. */
    readonly strangersKey: CryptoKey,
  ) {}

  static async start(clientId = "the-client"): Promise<OpenIdIssuer> {
    const [own, stranger] = [await generateKeyPair("RS256"), await generateKeyPair("RS256")];
    const jwk = { ...(await exportJWK(own.publicKey)), kid: "only", alg: "RS256", use: "sig" };
    const server = createServer((request, response) => {
      const answer = request.url === "/keys" ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/keys` };
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return new OpenIdIssuer(server, url, clientId, own.privateKey, stranger.privateKey);
  }

  /** An ID token; `claims` overwrite what a good one says. */
  idToken(claims: JWTPayload = {}, { byStranger = false } = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const good = {
      iss: this.url,
      aud: this.clientId,
      sub: `subject of ${String(claims["email"])}`,
      iat: now,
      exp: now + 300,
      email_verified: true,
      name: "Somebody",
    };
    return new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: "RS256", kid: "only" })
      .sign(byStranger ? this.strangersKey : this.key);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

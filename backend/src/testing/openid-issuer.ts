import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from "jose";

/** An OpenID provider on loopback: its discovery document, its keys, and ID tokens for whomever one likes. */
export class OpenIdIssuer {
  private constructor(
    readonly server: Server,
    readonly url: string,
    readonly clientId: string,
    readonly key: CryptoKey,
  ) {}

  static async start(clientId = "the-client"): Promise<OpenIdIssuer> {
    const { publicKey, privateKey } = await generateKeyPair("RS256");
    const jwk = { ...(await exportJWK(publicKey)), kid: "only", alg: "RS256", use: "sig" };
    const server = createServer((request, response) => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const answer = request.url?.endsWith("/keys") ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/keys` };
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new OpenIdIssuer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, clientId, privateKey);
  }

  idToken(claims: JWTPayload & { email: string; nonce: string }): Promise<string> {
    return new SignJWT({ email_verified: true, ...claims })
      .setProtectedHeader({ alg: "RS256", kid: "only" })
      .setSubject(claims.sub ?? `subject of ${claims.email}`)
      .setIssuer(this.url)
      .setAudience(this.clientId)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(this.key);
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

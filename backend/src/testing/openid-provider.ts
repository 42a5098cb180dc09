import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from "jose";

/** An OpenID provider with nothing but its keys: what Google is to the API. */
export async function startOpenIdProvider() {
  const [pair, stranger] = [await generateKeyPair("RS256"), await generateKeyPair("RS256")];
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: "one", alg: "RS256", use: "sig" };
  const server = createServer((request, response) => {
    const answer = request.url === "/keys" ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/keys` };
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    /** An ID token; `claims` overwrite what a good one says. */
    async issue(claims: JWTPayload = {}, { byStranger = false } = {}): Promise<string> {
      const now = Math.floor(Date.now() / 1000);
      const good = { iss: issuer, aud: "client", iat: now, exp: now + 300, email_verified: true, name: "Somebody" };
      return new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: "RS256", kid: "one" })
        .sign((byStranger ? stranger : pair).privateKey);
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

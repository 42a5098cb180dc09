import { createHmac, randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import { OpenIdIssuer, strangersKey } from "../src/openid-issuer";
import { Person, RestClient, type RestAnswer } from "../src/rest-client";
import { System } from "../src/system";
import { makeToken, unsigned } from "../src/tokens";
import { codeOf, enableTwoFactor } from "../src/two-factor";
import { someEmail } from "../src/visitor";

let issuer: OpenIdIssuer;
let system: System;
let anybody: RestClient;
beforeAll(async () => {
  issuer = await OpenIdIssuer.start();
  system = await System.start({ FRONTEND: "off", ...issuer.environment });
  anybody = new RestClient(system.api);
  await Person.signUp(system, "Owner");
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await issuer?.stop();
});

const present = (idToken: string, nonce: string, code?: string): Promise<RestAnswer> =>
  anybody.send(routes.googleLogin, { body: { idToken, nonce, ...(code && { code }) } });
const someNonce = () => randomUUID();

describe("signing in through a provider", () => {
  it("10. never inherits the account that a stranger asked for with the address and never confirmed", async () => {
    const email = someEmail();
    const password = "chosen by a stranger";
    await anybody.call(routes.register, { body: { email, password, name: "The Stranger", phone: "+1 555 0100" } });
    const nonce = someNonce();
    const answer = await present(issuer.idToken(issuer.claims(email, nonce)), nonce);
    expect(answer.status).toBe(200);
    const { user } = answer.body as { user: unknown };
    expect(user).toMatchObject({ email, name: "By Provider", phone: null, authProviders: ["google"] });
    const login = await anybody.send(routes.login, { body: { email, password } });
    expect([login.status, login.body]).toEqual([401, expect.objectContaining({ code: "invalid_credentials" })]);
  });

  it("10. leads to the account of the same confirmed address, and to no second one", async () => {
    const person = await Person.signUp(system, "Both Ways");
    const nonce = someNonce();
    const answer = await present(issuer.idToken(issuer.claims(person.email.toUpperCase(), nonce)), nonce);
    expect((answer.body as { user: unknown }).user).toMatchObject({
      id: person.me.id,
      name: "Both Ways",
      authProviders: ["password", "google"],
    });
    const another = someNonce();
    const impostor = issuer.claims(person.email, another, { sub: "another subject of the same address" });
    expect((await present(issuer.idToken(impostor), another)).status).toBe(409);
  });

  it("10. takes no ID token that was not made by the provider, for us, just now, for a confirmed address", async () => {
    const email = someEmail();
    const nonce = someNonce();
    const now = Math.floor(Date.now() / 1000);
    const claims = (change: Record<string, unknown> = {}) => issuer.claims(email, nonce, change);
    const publicPem = issuer.publicKey.export({ format: "pem", type: "spki" }).toString();
    const hmac = (input: string) => createHmac("sha256", publicPem).update(input).digest();
    const wrong: [string, string][] = [
      ["audience", issuer.idToken(claims({ aud: "another-client" }))],
      [
        "several audiences, made for another",
        issuer.idToken(claims({ aud: [issuer.clientId, "other"], azp: "other" })),
      ],
      ["no audience", issuer.idToken(claims({ aud: undefined }))],
      ["issuer", issuer.idToken(claims({ iss: "https://accounts.example.com" }))],
      ["issuer with a slash too many", issuer.idToken(claims({ iss: `${issuer.url}/evil` }))],
      ["nonce", issuer.idToken(claims({ nonce: someNonce() }))],
      ["no nonce", issuer.idToken(claims({ nonce: undefined }))],
      ["expired", issuer.idToken(claims({ iat: now - 500, exp: now - 120 }))],
      ["old, though it says to live long", issuer.idToken(claims({ iat: now - 86_400, exp: now + 86_400 }))],
      ["issued in the future", issuer.idToken(claims({ iat: now + 3600, exp: now + 7200 }))],
      ["no end", issuer.idToken(claims({ exp: undefined }))],
      ["unconfirmed address", issuer.idToken(claims({ email_verified: false }))],
      ["address confirmed in words", issuer.idToken(claims({ email_verified: "false" }))],
      ["address of which nothing is said", issuer.idToken(claims({ email_verified: undefined }))],
      ["no address", issuer.idToken(claims({ email: undefined }))],
      ["no subject", issuer.idToken(claims({ sub: undefined }))],
      ["another's key", issuer.idToken(claims(), strangersKey())],
      ["another's key under a new name", issuer.idToken(claims(), strangersKey(), { alg: "RS256", kid: "unknown" })],
      ["alg none", makeToken({ alg: "none", kid: "only" }, claims(), unsigned)],
      ["HS256 with the public key", makeToken({ alg: "HS256", kid: "only" }, claims(), hmac)],
      ["no token at all", "x".repeat(200)],
    ];
    for (const [what, token] of wrong) expect([what, (await present(token, nonce)).status]).toEqual([what, 401]);
    expect((await present(issuer.idToken(claims()), nonce)).status).toBe(200);
  });

  it("10. takes an ID token once", async () => {
    const { email } = await Person.signUp(system, "Known");
    const nonce = someNonce();
    const token = issuer.idToken(issuer.claims(email, nonce));
    const both = await Promise.all([present(token, nonce), present(token, nonce)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await present(token, nonce)).status).toBe(401);
  });

  it("11. asks those with a second factor for it, and a suspended one for nothing", async () => {
    const person = await Person.signUp(system, "Careful");
    const { secret } = await enableTwoFactor(person);
    const nonce = someNonce();
    const token = issuer.idToken(issuer.claims(person.email, nonce));
    const half = await present(token, nonce);
    expect([half.status, half.body]).toEqual([401, expect.objectContaining({ code: "two_factor_required" })]);
    expect((await present(token, nonce, "000000")).body).toMatchObject({ code: "invalid_two_factor_code" });
    expect((await present(token, nonce, codeOf(secret))).status).toBe(200);
  });

  it("13. asks an account without a password for a fresh sign-in before it changes what could lock it out", async () => {
    const email = someEmail();
    const nonce = someNonce();
    const answer = await present(issuer.idToken(issuer.claims(email, nonce)), nonce);
    const client = new RestClient(system.api);
    client.token = (answer.body as { token: string }).token;
    const fresh = await client.send(routes.changePassword, { body: { newPassword: "a first password 47" } });
    expect(fresh.status).toBe(204);
    const again = await client.send(routes.changePassword, { body: { newPassword: "a second password 47" } });
    expect(again.status).toBe(403);
  });
});

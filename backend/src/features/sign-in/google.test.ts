import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import type { JWTPayload } from "jose";
import { OpenIdIssuer } from "../../testing/openid-issuer";
import { secretIn, startTestApi, type TestApi } from "../../testing/test-api";
import { IdTokens } from "./id-tokens";

let issuer: OpenIdIssuer;
let api: TestApi;
beforeAll(async () => {
  issuer = await OpenIdIssuer.start("client");
  api = await startTestApi({ GOOGLE_CLIENT_ID: "client", GOOGLE_ISSUER: issuer.url });
});
afterAll(async () => {
  await api.close();
  await issuer.stop();
});

const personOf = (name: string) => ({ sub: `id of ${name}`, email: `${name}@gmail.com` });

async function signIn(claims: JWTPayload, options?: { byStranger?: boolean; nonce?: string }) {
  const nonce = `nonce ${randomUUID()}`;
  const idToken = await issuer.idToken({ nonce, ...claims }, options);
  const body = { idToken, nonce: options?.nonce ?? nonce };
  return { body, response: await api.send(routes.googleLogin, { body }) };
}

describe("signing in with Google", () => {
  it("makes an account the first time, and finds it the next", async () => {
    const [first, second] = [await signIn(personOf("ada")), await signIn(personOf("ada"))];
    expect([first.response.status, second.response.status]).toEqual([200, 200]);
    const { user } = routes.googleLogin.response.parse(second.response.body);
    expect(user).toMatchObject({ email: "ada@gmail.com", name: "Somebody", authProviders: ["google"] });
    const token = (second.response.body as { token: string }).token;
    const { channels } = await api.call(routes.listChannels, { token });
    expect(channels.map(({ name }) => name)).toEqual(["general"]);
    expect((await api.call(routes.authStatus)).providers).toEqual(["password", "google"]);
  });

  it("makes one account of two first sign-ins at once", async () => {
    const both = await Promise.all([signIn(personOf("twice")), signIn(personOf("twice"))]);
    const ids = both.map(({ response }) => routes.googleLogin.response.parse(response.body).user.id);
    expect(new Set(ids).size).toBe(1);
  });

  it("opens one session with one token", async () => {
    const { body, response } = await signIn(personOf("once"));
    expect(response.status).toBe(200);
    expect((await api.send(routes.googleLogin, { body })).status).toBe(401);
  });

  it.each<[string, JWTPayload, { byStranger?: boolean; nonce?: string }]>([
    ["another client", { aud: "another client" }, {}],
    ["another client among several", { aud: ["client", "other"], azp: "other" }, {}],
    ["another issuer", { iss: "https://accounts.evil.test" }, {}],
    ["another key", {}, { byStranger: true }],
    ["another nonce", {}, { nonce: "a nonce of somebody else's" }],
    ["no nonce", { nonce: undefined }, {}],
    ["yesterday", { iat: 1, exp: 2 }, {}],
    ["an hour ago", { iat: Math.floor(Date.now() / 1000) - 3600 }, {}],
    ["an address nobody confirmed", { email_verified: false }, {}],
  ])("refuses a token for, of or from %s", async (_, claims, options) => {
    const { response } = await signIn({ ...personOf("refused"), ...claims }, options);
    expect(response.body).toMatchObject({ code: "invalid_credentials" });
    expect(response.status).toBe(401);
  });

  it("takes over nothing that a stranger chose for the address before it was confirmed", async () => {
    const stranger = { email: "victim@gmail.com", password: "the stranger's one", name: "Stranger" };
    await api.call(routes.register, { body: stranger });
    const link = secretIn(await api.lastMail(stranger.email));
    const { response } = await signIn(personOf("victim"));
    expect(response.body).toMatchObject({ user: { name: "Somebody", authProviders: ["google"] } });
    expect((await api.send(routes.login, { body: stranger })).status).toBe(401);
    expect((await api.send(routes.verifyEmail, { body: { token: link } })).status).toBe(400);
  });

  it("is the same account as the confirmed one of that address, second factor and all", async () => {
    const person = await api.signUp();
    const { response } = await signIn({ sub: "linked", email: person.email });
    expect(response.body).toMatchObject({ user: { id: person.id, authProviders: ["password", "google"] } });
    const other = await signIn({ sub: "somebody else", email: person.email });
    expect(other.response.body).toMatchObject({ code: "conflict" });
  });

  it("does not exist where it is not configured", async () => {
    const without = api.with({ GOOGLE_CLIENT_ID: undefined });
    expect((await without.call(routes.authStatus)).providers).toEqual(["password"]);
    const body = { idToken: "x".repeat(30), nonce: "x".repeat(30) };
    expect((await without.send(routes.googleLogin, { body })).status).toBe(404);
  });

  it("is a passing trouble when the provider is away", async () => {
    const away = api.with({ GOOGLE_CLIENT_ID: "client", GOOGLE_ISSUER: "http://127.0.0.1:9" });
    const nonce = "a nonce long enough";
    const body = { idToken: await issuer.idToken({ ...personOf("away"), nonce }), nonce };
    expect((await away.send(routes.googleLogin, { body })).status).toBe(503);
  });
});

describe("Google's word for an address", () => {
  const identity = { sub: "x", email_verified: true as const, nonce: "x" };
  it.each([
    ["https://accounts.google.com", "a@gmail.com", undefined, true],
    ["https://accounts.google.com", "a@firm.test", "firm.test", true],
    ["https://accounts.google.com", "a@elsewhere.test", undefined, false],
    ["https://id.firm.test", "a@elsewhere.test", undefined, true],
  ])("%s for %s of %s: %s", (issuer, email, hd, isEnough) => {
    const tokens = new IdTokens(issuer, "client");
    expect(tokens.vouchesFor({ ...identity, email, ...(hd && { hd }) })).toBe(isEnough);
  });
});

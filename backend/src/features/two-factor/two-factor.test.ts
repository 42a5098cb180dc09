import { routes } from "@connectbest/contract";
import mongoose from "mongoose";
import speakeasy from "speakeasy";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { newSeed, stepOf } from "./codes";
import { canDisable, canSetUp, canVerifySetup } from "./two-factor.policy";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());
afterEach(() => jest.restoreAllMocks());

/** The code that an app would show some 30-second steps from now. */
const codeOf = (secret: string, steps = 0): string =>
  speakeasy.totp({ secret, encoding: "base32", time: Math.floor(Date.now() / 1000) + 30 * steps });

async function enrol(person: Account): Promise<{ secret: string; backupCodes: string[] }> {
  const { secret } = await api.call(routes.setUpTwoFactor, {
    token: person.token,
    body: { password: person.password },
  });
  const { backupCodes } = await api.call(routes.verifyTwoFactorSetup, {
    token: person.token,
    // The step before: so that the present code is still unused.
    body: { code: codeOf(secret, -1) },
  });
  return { secret, backupCodes };
}

const signIn = ({ email, password }: Account, code?: string) =>
  api.send(routes.login, { body: { email, password, ...(code && { code }) } });

describe("setting up", () => {
  it("takes the password, shows the secret as text, link and picture, and works from the first right code on", async () => {
    const person = await api.signUp();
    expect((await api.send(routes.setUpTwoFactor, { token: person.token, body: {} })).status).toBe(403);
    const begun = await api.call(routes.setUpTwoFactor, { token: person.token, body: { password: person.password } });
    expect(begun.otpauthUrl).toContain(`secret=${begun.secret}`);
    expect(begun.qrCode).toMatch(/^data:image\/png;base64,/);
    expect((await signIn(person)).status).toBe(200);
    const wrong = await api.send(routes.verifyTwoFactorSetup, { token: person.token, body: { code: "000000" } });
    expect(wrong.body).toMatchObject({ code: "invalid_two_factor_code" });
    const { backupCodes } = await api.call(routes.verifyTwoFactorSetup, {
      token: person.token,
      body: { code: codeOf(begun.secret) },
    });
    expect(new Set(backupCodes).size).toBe(10);
    expect((await signIn(person)).body).toMatchObject({ code: "two_factor_required" });
    expect(await api.call(routes.twoFactorStatus, { token: person.token })).toEqual({
      enabled: true,
      required: false,
      backupCodesLeft: 10,
    });
  });

  it("ends the sessions that were opened without a code", async () => {
    const person = await api.signUp();
    const other = await api.call(routes.login, { body: { email: person.email, password: person.password } });
    await enrol(person);
    expect((await api.send(routes.me, { token: other.token })).status).toBe(401);
    await api.call(routes.me, { token: person.token });
  });
});

describe("signing in", () => {
  it("opens nothing by the password alone", async () => {
    const person = await api.signUp();
    await enrol(person);
    const refused = await signIn(person);
    expect([refused.status, Object.keys(refused.body as object).sort()]).toEqual([401, ["code", "error", "requestId"]]);
  });

  it("takes each code once, also when it is sent twice at once, and none that is older", async () => {
    const person = await api.signUp();
    const { secret } = await enrol(person);
    const code = codeOf(secret);
    const both = await Promise.all([signIn(person, code), signIn(person, code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await signIn(person, codeOf(secret, -1))).status).toBe(401);
    expect((await signIn(person, codeOf(secret, 1))).status).toBe(200);
  });

  it("takes each backup code once, however it is typed", async () => {
    const person = await api.signUp();
    const { backupCodes } = await enrol(person);
    const [first = "", second = ""] = backupCodes;
    expect((await signIn(person, first)).status).toBe(200);
    expect((await signIn(person, first)).status).toBe(401);
    expect((await signIn(person, ` ${second.toUpperCase().replace("-", "")} `)).status).toBe(200);
    expect(await api.call(routes.twoFactorStatus, { token: person.token })).toMatchObject({ backupCodesLeft: 8 });
  });

  it("stops after five wrong codes, and the right one waits too", async () => {
    const person = await api.signUp();
    const { secret } = await enrol(person);
    for (let i = 0; i < 5; i++) expect((await signIn(person, "000000")).status).toBe(401);
    const stopped = await signIn(person, codeOf(secret));
    expect(stopped.body).toMatchObject({ code: "rate_limited" });
    expect(Number(stopped.headers["retry-after"])).toBeGreaterThan(0);
  });
});

describe("taking it away", () => {
  it("needs the password and a code", async () => {
    const person = await api.signUp();
    const { secret, backupCodes } = await enrol(person);
    const disable = (body: object) => api.send(routes.disableTwoFactor, { token: person.token, body });
    expect((await disable({ code: codeOf(secret) })).status).toBe(403);
    expect((await disable({ password: "wrong password", code: codeOf(secret) })).status).toBe(403);
    expect((await disable({ password: person.password })).body).toMatchObject({ code: "invalid_two_factor_code" });
    expect((await disable({ password: person.password, code: backupCodes[0] })).status).toBe(204);
    expect((await signIn(person)).status).toBe(200);
  });

  it("replaces backup codes by new ones", async () => {
    const person = await api.signUp();
    const { secret, backupCodes } = await enrol(person);
    const fresh = await api.call(routes.regenerateBackupCodes, { token: person.token, body: { code: codeOf(secret) } });
    expect(fresh.backupCodes).not.toEqual(expect.arrayContaining([backupCodes[0]]));
    expect((await signIn(person, backupCodes[0])).status).toBe(401);
    expect((await signIn(person, fresh.backupCodes[0])).status).toBe(200);
  });
});

describe("what the database holds", () => {
  it("opens nothing: no seed, no backup code", async () => {
    const person = await api.signUp();
    const { secret, backupCodes } = await enrol(person);
    const rows = await mongoose.connection.collection("twoFactor").find().toArray();
    const dump = JSON.stringify(rows);
    expect(dump).toContain(person.id);
    for (const hidden of [secret, ...backupCodes, ...backupCodes.map((code) => code.replace("-", ""))])
      expect(dump).not.toContain(hidden);
  });

  it("is read on with the key before, after a change of keys", async () => {
    const person = await api.signUp();
    const { secret } = await enrol(person);
    const changed = api.with({
      ENCRYPTION_KEY: "the next secret of the tests, for new boxes",
      ENCRYPTION_KEY_PREVIOUS: "a fourth secret of the tests, for the boxes",
    });
    const body = { email: person.email, password: person.password, code: codeOf(secret) };
    expect((await changed.send(routes.login, { body })).status).toBe(200);
    const later = api.with({ ENCRYPTION_KEY: "the next secret of the tests, for new boxes" });
    const again = { ...body, code: codeOf(secret, 1) };
    expect((await later.send(routes.login, { body: again })).status).toBe(200);
  });
});

describe("a workspace that demands it", () => {
  it("opens to those without it only the way to set it up, by any bearer", async () => {
    const fresh = await api.signUp();
    const { secret: token } = await api.call(routes.createToken, {
      token: fresh.token,
      body: { name: "script", scopes: ["read", "write"], expiresInDays: 1 },
    });
    const owner = await api.signUp("Owner");
    await mongoose.connection.collection("users").updateOne({ email: owner.email }, { $set: { role: "admin" } });
    const demand = (requireTwoFactor: boolean) =>
      api.send(routes.updateWorkspaceSettings, { token: owner.token, body: { requireTwoFactor } });
    expect((await demand(true)).body).toMatchObject({ code: "conflict" });
    await enrol(owner);
    expect((await demand(true)).status).toBe(200);
    expect((await api.send(routes.me, { token: fresh.token })).status).toBe(401);
    const again = await api.call(routes.login, { body: { email: fresh.email, password: fresh.password } });
    fresh.token = again.token;
    for (const bearer of [fresh.token, token]) {
      const refused = await api.send(routes.listChannels, { token: bearer });
      expect([refused.status, refused.body]).toEqual([
        403,
        expect.objectContaining({ code: "two_factor_setup_required" }),
      ]);
    }
    expect((await api.send(routes.createTicket, { token: fresh.token })).status).toBe(403);
    await api.call(routes.me, { token: fresh.token });
    await enrol(fresh);
    await api.call(routes.listChannels, { token: fresh.token });
    const disable = { password: fresh.password, code: "000000" };
    expect((await api.send(routes.disableTwoFactor, { token: fresh.token, body: disable })).status).toBe(409);
    await demand(false);
  });
});

describe("codes", () => {
  it("belong to a step, and none to the second before or after", () => {
    const [seed, now] = ["JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", 1_800_000_000_000];
    const at = (seconds: number) => speakeasy.totp({ secret: seed, encoding: "base32", time: now / 1000 + seconds });
    const step = now / 30_000;
    expect([-60, -30, 0, 30, 60].map((seconds) => stepOf(at(seconds), seed, now))).toEqual([
      undefined,
      step - 1,
      step,
      step + 1,
      undefined,
    ]);
  });
});

describe("the policy", () => {
  it.each([
    [true, false, false],
    [false, true, true],
  ])("with it enabled %s: set up %s, verify %s", (enabled, setUp, verify) => {
    expect([canSetUp({ enabled }), canVerifySetup({ enabled, begun: true })]).toEqual([setUp, verify]);
    expect(canVerifySetup({ enabled, begun: false })).toBe(false);
  });

  it.each([
    [true, false, true],
    [true, true, false],
    [false, false, false],
    [false, true, false],
  ])("enabled %s, demanded %s: disable %s", (enabled, requireTwoFactor, may) => {
    expect(canDisable({ enabled }, { requireTwoFactor })).toBe(may);
  });
});

describe("a seed", () => {
  it("has 160 bits, in the letters of base32, and never comes twice", () => {
    const seeds = Array.from({ length: 50 }, newSeed);
    expect(seeds.every((seed) => /^[A-Z2-7]{32}$/.test(seed))).toBe(true);
    expect(new Set(seeds).size).toBe(50);
  });
});

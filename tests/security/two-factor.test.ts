import { routes, type Route } from "@connectbest/contract";
import { Person, RestClient } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { System, until } from "../src/system";
import { codeOf, enableTwoFactor, steadyCode } from "../src/two-factor";

let system: System;
let owner: Person;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  owner = await Person.signUp(system, "Owner");
}, 120_000);
afterAll(() => system?.stop());

const login = ({ email, password }: Person, code?: string) =>
  new RestClient(system.api).send(routes.login, { body: { email, password, ...(code && { code }) } });
const everyRoute = Object.entries(routes) as [string, Route][];
const params = { id: "f".repeat(24), userId: "f".repeat(24) };

describe("two-factor sign-in", () => {
  it("11. makes no session of a password alone, and ends those made before", async () => {
    const person = await Person.signUp(system, "Careful");
    const before = await Person.signIn(system.api, person.email, person.password);
    const socket = await SocketClient.connect(before.rest);
    const { url, ticket } = await before.rest.call(routes.createTicket);
    await enableTwoFactor(person);

    const half = await login(person);
    expect([half.status, half.body]).toEqual([401, expect.objectContaining({ code: "two_factor_required" })]);
    expect(Object.keys(half.body as object).sort()).toEqual(["code", "error", "requestId"]);
    expect(half.headers.get("set-cookie")).toBeNull();
    const { sessions } = await person.rest.call(routes.listSessions);
    expect(sessions).toHaveLength(1);

    for (const [name, route] of everyRoute.filter(([, { access }]) => access === "user" || access === "admin"))
      expect([name, (await before.rest.send(route, { params })).status]).toEqual([name, 401]);
    await until("its socket is closed", () => socket.closeCode !== undefined, 5000);
    await expect(SocketClient.open(`${url}?ticket=${ticket}`)).rejects.toThrow("401");
  }, 60_000);

  it("11. where everybody must have it, opens nothing but its set-up to those who have not", async () => {
    const strict = await System.start({ FRONTEND: "off" });
    try {
      const admin = await Person.signUp(strict, "Administrator");
      const before = await Person.signUp(strict, "Newcomer");
      const token = { name: "script", scopes: ["read" as const, "write" as const], expiresInDays: 1 };
      const script = new RestClient(strict.api);
      script.token = (await before.rest.call(routes.createToken, { body: token })).secret;
      const sockets = [await SocketClient.connect(before.rest), await SocketClient.connect(script)];
      const { url, ticket } = await before.rest.call(routes.createTicket);
      await enableTwoFactor(admin);
      await admin.rest.call(routes.updateWorkspaceSettings, { body: { requireTwoFactor: true } });

      for (const socket of sockets)
        await until("a socket from before is closed", () => socket.closeCode !== undefined, 5000);
      await expect(SocketClient.open(`${url}?ticket=${ticket}`)).rejects.toThrow(/401|403/);
      expect((await before.rest.send(routes.me)).status).toBe(401);

      const newcomer = await Person.signIn(strict.api, before.email, before.password);
      for (const client of [newcomer.rest, script])
        for (const [name, route] of everyRoute) {
          if (route.access === "public" || route.access === "service" || route.duringSetup) continue;
          const { status, body } = await client.send(route, { params });
          expect([name, status]).toEqual([name, 403]);
          if (client === newcomer.rest) expect(body).toMatchObject({ code: "two_factor_setup_required" });
        }
      await enableTwoFactor(newcomer);
      expect((await newcomer.rest.send(routes.listChannels)).status).toBe(200);
    } finally {
      await strict.stop();
    }
  }, 120_000);

  it("12. takes a code of the app once, and none older than one that was taken", async () => {
    const person = await Person.signUp(system, "Careful");
    const { secret } = await enableTwoFactor(person);
    await steadyCode();
    const [now, next, before] = [codeOf(secret), codeOf(secret, 1), codeOf(secret, -1)];
    expect((await login(person, before)).status).toBe(401);
    const both = await Promise.all([login(person, now), login(person, now)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await login(person, now)).status).toBe(401);
    expect((await login(person, next)).status).toBe(200);
    expect((await login(person, now)).body).toMatchObject({ code: "invalid_two_factor_code" });
  }, 60_000);

  it("12. takes a backup code once", async () => {
    const person = await Person.signUp(system, "Careful");
    const { backupCodes } = await enableTwoFactor(person);
    const [first = "", second = ""] = backupCodes;
    const both = await Promise.all([login(person, first), login(person, first)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await login(person, first)).status).toBe(401);
    expect((await login(person, second)).status).toBe(200);
    expect((await person.rest.call(routes.twoFactorStatus)).backupCodesLeft).toBe(8);
  }, 60_000);

  it("12. answers the sixth wrong code with 429, the right one too, also to many at once", async () => {
    const person = await Person.signUp(system, "Careful");
    const { backupCodes } = await enableTwoFactor(person);
    const tries = await Promise.all(Array.from({ length: 12 }, (_, i) => login(person, `00000${i % 10}`)));
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
    const refused = tries.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(7);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(60);
    expect((await login(person, backupCodes[0])).status).toBe(429);

    const setting = { body: { code: backupCodes[1] ?? "" } };
    expect((await person.rest.send(routes.regenerateBackupCodes, setting)).status).toBe(429);
    const other = await Person.signUp(system, "Unconcerned");
    expect((await login(other)).status).toBe(200);
  }, 60_000);

  it("13. is not disabled, nor are address or password changed, without the current password", async () => {
    const person = await Person.signUp(system, "Careful");
    const { backupCodes } = await enableTwoFactor(person);
    const code = backupCodes[0] ?? "";
    const newEmail = `new-${person.email}`;
    const attempts = (secret: { password?: string; currentPassword?: string }) =>
      Promise.all([
        person.rest.send(routes.disableTwoFactor, { body: { ...secret, code } }),
        person.rest.send(routes.changePassword, { body: { ...secret, newPassword: "something else 47" } }),
        person.rest.send(routes.changeEmail, { body: { ...secret, newEmail } }),
        person.rest.send(routes.deleteMe, { body: secret }),
      ]);
    for (const secret of [{}, { password: "", currentPassword: "" }])
      expect((await attempts(secret)).map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    const wrong = { password: "not the password", currentPassword: "not the password" };
    expect((await attempts(wrong)).map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    const { user } = await person.rest.call(routes.me);
    expect(user).toMatchObject({ email: person.email, pendingEmail: null, twoFactorEnabled: true });
    expect((await login(person, code)).status).toBe(200);
  }, 60_000);

  it("13. asks those who only have a stolen session for the password before setting it up, and tires of guesses", async () => {
    const person = await Person.signUp(system, "Careless");
    const guess = (password: string) => person.rest.send(routes.setUpTwoFactor, { body: { password } });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await guess(`wrong ${i}`)).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
    expect((await guess(person.password)).status).toBe(429);
    expect(owner.me.role).toBe("admin");
  });
});

import { routes } from "@connectbest/contract";
import { subjects } from "../src/mail";
import { Person, RestClient } from "../src/rest-client";
import { SocketClient } from "../src/socket-client";
import { pause, System, until } from "../src/system";

let system: System;
let owner: Person;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  owner = await Person.signUp(system, "Owner");
}, 120_000);
afterAll(() => system?.stop());

const isIn = async ({ rest }: Person): Promise<boolean> => (await rest.send(routes.me)).status === 200;
const again = ({ email, password }: Person): Promise<Person> => Person.signIn(system.api, email, password);

/** @throws unless the bearer is refused within a second and the socket closed within five */
async function expectOut(person: Person, socket: SocketClient): Promise<void> {
  await until("the bearer is refused", async () => (await person.rest.send(routes.me)).status >= 401, 1000);
  await until("its socket is closed", () => socket.closeCode !== undefined, 5000);
  const { status } = await person.rest.send(routes.createTicket);
  expect([401, 403]).toContain(status);
}

/** One person on two devices, each with a socket. */
async function twoDevices() {
  const here = await Person.signUp(system, "Two Devices");
  const there = await again(here);
  return { here, there, at: await SocketClient.connect(here.rest), away: await SocketClient.connect(there.rest) };
}

describe("a session", () => {
  it("14. ends with signing out: its bearer within a second, its socket within five", async () => {
    const { here, there, at, away } = await twoDevices();
    await here.rest.call(routes.logout);
    await expectOut(here, at);
    expect([await isIn(there), away.closeCode]).toEqual([true, undefined]);
    await away.close();
  });

  it("14. ends when another device revokes it, and only its owner's can", async () => {
    const { here, there, at, away } = await twoDevices();
    const { sessions } = await there.rest.call(routes.listSessions);
    const id = sessions.find(({ isCurrent }) => isCurrent)?.id ?? "";
    const stranger = await Person.signUp(system, "Stranger");
    expect((await stranger.rest.send(routes.revokeSession, { params: { id } })).status).toBe(404);
    expect(await isIn(there)).toBe(true);
    await here.rest.call(routes.revokeSession, { params: { id } });
    await expectOut(there, away);
    expect([await isIn(here), at.closeCode]).toEqual([true, undefined]);
    await at.close();
  });

  it("14. of a personal access token ends with its revocation, its socket too", async () => {
    const person = await Person.signUp(system, "Scripted");
    const body = { name: "script", scopes: ["read" as const], expiresInDays: 1 };
    const { token, secret } = await person.rest.call(routes.createToken, { body });
    const script = new RestClient(system.api);
    script.token = secret;
    const socket = await SocketClient.connect(script);
    await person.rest.call(routes.revokeToken, { params: { id: token.id } });
    expect((await script.send(routes.me)).status).toBe(401);
    await until("its socket is closed", () => socket.closeCode !== undefined, 5000);
    expect(await isIn(person)).toBe(true);
  });

  it("15. ends with a change of the password, but for the one that changed it", async () => {
    const { here, there, at, away } = await twoDevices();
    const body = { currentPassword: here.password, newPassword: `${here.password} anew` };
    await here.rest.call(routes.changePassword, { body });
    await expectOut(there, away);
    await pause(500);
    expect([await isIn(here), at.closeCode]).toEqual([true, undefined]);
    await at.close();
  });

  it("15. ends with a password set by a mailed link, everywhere, personal access tokens too", async () => {
    const { here, there, at, away } = await twoDevices();
    const token = { name: "script", scopes: ["read" as const], expiresInDays: 1 };
    const { secret } = await here.rest.call(routes.createToken, { body: token });
    await here.rest.call(routes.forgotPassword, { body: { email: here.email } });
    const body = { token: await system.inbox.tokenTo(here.email, subjects.reset), newPassword: "something else 47" };
    await here.rest.call(routes.resetPassword, { body });
    await expectOut(here, at);
    await expectOut(there, away);
    here.rest.token = secret;
    expect(await isIn(here)).toBe(false);
  });

  it("15. ends with the account's suspension, everywhere, and none begins until it is lifted", async () => {
    const { here, there, at, away } = await twoDevices();
    const token = { name: "script", scopes: ["read" as const], expiresInDays: 1 };
    const { secret } = await here.rest.call(routes.createToken, { body: token });
    const params = { id: here.me.id };
    await owner.rest.call(routes.suspendUser, { params, body: { reason: "for a while" } });
    await expectOut(here, at);
    await expectOut(there, away);
    const login = await here.rest.send(routes.login, { body: { email: here.email, password: here.password } });
    expect([login.status, login.body]).toEqual([403, expect.objectContaining({ code: "account_suspended" })]);
    here.rest.token = secret;
    for (const route of [routes.me, routes.createTicket]) expect((await here.rest.send(route)).status).toBe(403);
    await owner.rest.call(routes.activateUser, { params });
    expect(await isIn(await again(here))).toBe(true);
  });

  it("15. ends with the account, deleted by its owner or by an administrator", async () => {
    const mine = await twoDevices();
    await mine.here.rest.call(routes.deleteMe, { body: { password: mine.here.password } });
    const theirs = await twoDevices();
    await owner.rest.call(routes.deleteUser, { params: { id: theirs.here.me.id } });
    for (const { here, there, at, away } of [mine, theirs]) {
      await expectOut(here, at);
      await expectOut(there, away);
      expect(
        (await here.rest.send(routes.login, { body: { email: here.email, password: here.password } })).status,
      ).toBe(401);
    }
  });

  it("16. loses the administrator's rights with the next call, without a new sign-in", async () => {
    const person = await Person.signUp(system, "For a day");
    const params = { id: person.me.id };
    await owner.rest.call(routes.setUserRole, { params, body: { role: "admin" } });
    expect((await person.rest.send(routes.adminListUsers)).status).toBe(200);
    await owner.rest.call(routes.setUserRole, { params, body: { role: "user" } });
    expect((await person.rest.send(routes.adminListUsers)).status).toBe(403);
    expect(await isIn(person)).toBe(true);
  });
});

import { routes } from "@connectbest/contract";
import { AuditModel } from "../audit/audit.model";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { canLoseAdministrator } from "../accounts/accounts.policy";
import { record } from "../audit/audit.service";
import { canDelete, canRequireTwoFactor, canResetTwoFactor, canSuspend } from "./admin.policy";

let api: TestApi;
let owner: Account;
beforeAll(async () => {
  api = await startTestApi();
  owner = await api.signUp("Owner");
});
afterAll(() => api.close());

const of = (person: Account) => ({ token: owner.token, params: { id: person.id } });

describe("suspending", () => {
  it("ends sessions and sockets at once, keeps out, and can be taken back", async () => {
    const person = await api.signUp();
    const { secret } = await api.call(routes.createToken, {
      token: person.token,
      body: { name: "script", scopes: ["read"], expiresInDays: 1 },
    });
    const { user } = await api.call(routes.suspendUser, { ...of(person), body: { reason: "Left the company" } });
    expect(user).toMatchObject({ suspendedReason: "Left the company", suspendedAt: expect.any(String) as string });
    expect((await api.send(routes.me, { token: person.token })).status).toBe(401);
    expect((await api.send(routes.me, { token: secret })).body).toMatchObject({ code: "account_suspended" });
    expect(api.realtime.endedSessions.length).toBeGreaterThanOrEqual(2);
    const body = { email: person.email, password: person.password };
    expect((await api.send(routes.login, { body })).body).toMatchObject({ code: "account_suspended" });
    const wrong = await api.send(routes.login, { body: { ...body, password: "wrong password" } });
    expect(wrong.body).toMatchObject({ code: "invalid_credentials" });

    await api.call(routes.activateUser, of(person));
    await api.call(routes.me, { token: secret });
    await api.call(routes.login, { body });
  });

  it("is not for oneself", async () => {
    const refused = await api.send(routes.suspendUser, { ...of(owner), body: { reason: "Enough" } });
    expect(refused.body).toMatchObject({ code: "conflict" });
  });
});

describe("a second factor", () => {
  it("of one's own is not reset here, nor anybody's by a token", async () => {
    const person = await api.signUp();
    expect((await api.send(routes.resetUserTwoFactor, of(owner))).body).toMatchObject({ code: "conflict" });
    const body = { name: "script", scopes: ["admin" as const], expiresInDays: 1 };
    const { secret } = await api.call(routes.createToken, { token: owner.token, body });
    const byToken = { token: secret, params: { id: person.id } };
    expect((await api.send(routes.resetUserTwoFactor, byToken)).status).toBe(403);
    await api.call(routes.resetUserTwoFactor, of(person));
  });
});

describe("roles", () => {
  it("count from the next call on, without a new sign-in", async () => {
    const person = await api.signUp();
    const list = () => api.send(routes.adminListUsers, { token: person.token });
    expect((await list()).status).toBe(403);
    await api.call(routes.setUserRole, { ...of(person), body: { role: "admin" } });
    expect((await list()).status).toBe(200);
    await api.call(routes.setUserRole, { ...of(person), body: { role: "user" } });
    expect((await list()).status).toBe(403);
  });

  it("never leave the workspace without an administrator, also when two give theirs up at once", async () => {
    const person = await api.signUp();
    await api.call(routes.setUserRole, { ...of(person), body: { role: "admin" } });
    const demote = (who: Account) =>
      api.send(routes.setUserRole, { token: who.token, params: { id: who.id }, body: { role: "user" } });
    const answers = await Promise.all([demote(owner), demote(person)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const left = answers[0]?.status === 409 ? owner : person;
    expect((await demote(left)).status).toBe(409);
    const deleteMe = { token: left.token, body: { password: left.password } };
    expect((await api.send(routes.deleteMe, deleteMe)).status).toBe(409);
    const other = left === owner ? person : owner;
    const promote = { token: left.token, params: { id: other.id }, body: { role: "admin" as const } };
    await api.call(routes.setUserRole, promote);
    if (left !== owner) await api.call(routes.setUserRole, { ...of(person), body: { role: "user" } });
  });
});

describe("people", () => {
  it("are found by name and by being suspended", async () => {
    const person = await api.signUp("Xaver Quick");
    await api.call(routes.suspendUser, { ...of(person), body: { reason: "Test" } });
    const find = (query: object) => api.call(routes.adminListUsers, { token: owner.token, query });
    expect((await find({ search: "quick", status: "suspended" })).users.map(({ id }) => id)).toEqual([person.id]);
    expect((await find({ search: "quick", status: "active" })).users).toEqual([]);
    const first = await find({ limit: 1 });
    expect((await find({ limit: 1, cursor: first.nextCursor ?? "" })).users[0]?.id).not.toBe(first.users[0]?.id);
  });

  it("are deleted once, and a repeat is no fault", async () => {
    const person = await api.signUp();
    await api.call(routes.deleteUser, of(person));
    await api.call(routes.deleteUser, of(person));
    expect((await api.send(routes.login, { body: { email: person.email, password: person.password } })).status).toBe(
      401,
    );
    expect((await api.send(routes.activateUser, of(person))).status).toBe(404);
  });

  it("leave no address in the audit log, also when the first try breaks off", async () => {
    const person = await api.signUp();
    expect(await AuditModel.countDocuments({ target: person.email })).toBeGreaterThan(0);
    // Right after the transaction that makes them unknown.
    const { updateMany } = AuditModel;
    const spy = jest.spyOn(AuditModel, "updateMany").mockImplementation(((...args: Parameters<typeof updateMany>) => {
      if (!args[2]) throw new Error("away");
      return updateMany.apply(AuditModel, args);
    }) as never);
    expect((await api.send(routes.deleteUser, of(person))).status).toBe(500);
    spy.mockRestore();
    await api.call(routes.deleteUser, of(person));
    expect(await AuditModel.countDocuments({ target: person.email })).toBe(0);
    expect(await AuditModel.countDocuments({ target: person.id, kind: "account_created" })).toBe(1);
  });
});

describe("the audit log", () => {
  const entriesOf = async (query: object) => (await api.call(routes.auditLog, { token: owner.token, query })).entries;

  it("tells who did what to whom, from where, the latest first", async () => {
    const person = await api.signUp();
    await api.call(routes.suspendUser, { ...of(person), body: { reason: "Because" } });
    const [entry] = await entriesOf({ kind: "member_suspended" });
    expect(entry).toMatchObject({
      outcome: "success",
      actor: { id: owner.id, name: "Owner" },
      target: person.id,
      ip: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) as string,
      note: "Because",
    });
    await api.send(routes.login, { body: { email: "nobody@example.com", password: "wrong password" } });
    expect((await entriesOf({ kind: "sign_in_failed" }))[0]).toMatchObject({
      outcome: "failure",
      actor: null,
      target: "nobody@example.com",
    });
    const mine = await entriesOf({ actorId: owner.id });
    expect(mine.every(({ actor }) => actor?.id === owner.id)).toBe(true);
  });

  it("pages", async () => {
    const first = await api.call(routes.auditLog, { token: owner.token, query: { limit: 2 } });
    const next = await entriesOf({ limit: 2, cursor: first.nextCursor ?? "" });
    const ids = [...first.entries, ...next].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
  });

  it("keeps everything on its own line", async () => {
    await record({ kind: "sign_in_failed", target: "evil\r\n2026-01-01 sign_in admin\u2028", outcome: "failure" });
    expect((await entriesOf({}))[0]?.target).toBe("evil\\u000d\\u000a2026-01-01 sign_in admin\\u2028");
  });
});

describe("the policy", () => {
  it.each([
    ["admin", true, false],
    ["admin", false, true],
    ["user", false, true],
  ] as const)("on a person with role %s who is me %s: suspend, delete and reset %s", (role, isMe, may) => {
    const target = { role, isMe };
    expect([canSuspend(target), canDelete(target), canResetTwoFactor(target)]).toEqual([may, may, may]);
  });
  it.each([
    [0, false],
    [1, true],
    [2, true],
  ])("with %i other administrators one may go: %s", (others, may) => expect(canLoseAdministrator(others)).toBe(may));
  it.each([true, false])("with a second factor of their own %s they may demand it", (twoFactorEnabled) =>
    expect(canRequireTwoFactor({ twoFactorEnabled })).toBe(twoFactorEnabled),
  );
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { routes, type AuditEntry, type AuditKind } from "@connectbest/contract";
import { subjects } from "../src/mail";
import { speak } from "../src/raw";
import { Person, RestClient } from "../src/rest-client";
import { pause, System } from "../src/system";
import { enableTwoFactor } from "../src/two-factor";
import { someEmail } from "../src/visitor";

let system: System;
let admin: Person;
let anybody: RestClient;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off", LOG_LEVEL: "info" });
  anybody = new RestClient(system.api);
  admin = await Person.signUp(system, "Administrator");
}, 120_000);
afterAll(() => system?.stop());

const logLines = (): string[] =>
  readFileSync(path.join(system.folder, "logs", "api.log"), "utf8")
    .split("\n")
    .filter(Boolean);
const entriesOf = async (query: object): Promise<AuditEntry[]> =>
  (await admin.rest.call(routes.auditLog, { query: { limit: 100, ...query } })).entries;

/** Everything worth a record, done by or to somebody new. */
async function live(): Promise<Person> {
  const person = await Person.signUp(system, "Busy");
  const params = { id: person.me.id };
  const login = { email: person.email, password: person.password };
  await anybody.send(routes.login, { body: { ...login, password: "wrong" } });
  const second = await Person.signIn(system.api, person.email, person.password);
  const third = await Person.signIn(system.api, person.email, person.password);
  const { sessions } = await second.rest.call(routes.listSessions);
  const current = sessions.find(({ isCurrent }) => isCurrent);
  await person.rest.call(routes.revokeSession, { params: { id: current?.id ?? "" } });
  await third.rest.call(routes.logout);
  const { token } = await person.rest.call(routes.createToken, {
    body: { name: "script", scopes: ["read"], expiresInDays: 1 },
  });
  await person.rest.call(routes.revokeToken, { params: { id: token.id } });
  const newPassword = `${person.password} anew`;
  await person.rest.call(routes.changePassword, { body: { currentPassword: person.password, newPassword } });
  const newEmail = someEmail();
  await person.rest.call(routes.changeEmail, { body: { newEmail, currentPassword: newPassword } });
  await anybody.call(routes.verifyEmail, { body: { token: await system.inbox.tokenTo(newEmail, subjects.change) } });
  const channel = await person.createChannel("recorded");
  await person.rest.call(routes.addMember, { params: { id: channel.id }, body: { userId: admin.me.id } });
  await fetch(`${system.api}/users/me/export`, { headers: { authorization: `Bearer ${person.rest.token}` } });
  await admin.rest.call(routes.setUserRole, { params, body: { role: "admin" } });
  await admin.rest.call(routes.setUserRole, { params, body: { role: "user" } });
  await admin.rest.call(routes.updateWorkspaceSettings, { body: { requireTwoFactor: false } });
  await admin.rest.call(routes.suspendUser, { params, body: { reason: "a test" } });
  await admin.rest.call(routes.activateUser, { params });

  const careful = await Person.signUp(system, "Careful");
  const { backupCodes } = await enableTwoFactor(careful);
  await anybody.send(routes.login, { body: { email: careful.email, password: careful.password, code: "000000" } });
  await careful.rest.call(routes.disableTwoFactor, {
    body: { password: careful.password, code: backupCodes[0] ?? "" },
  });
  await careful.rest.call(routes.deleteMe, { body: { password: careful.password } });
  return person;
}

/** Of all kinds but what nothing does yet. */
const kinds: AuditKind[] = [
  "sign_in",
  "sign_in_failed",
  "sign_out",
  "session_revoked",
  "account_created",
  "account_deleted",
  "password_changed",
  "email_changed",
  "two_factor_enabled",
  "two_factor_disabled",
  "two_factor_failed",
  "token_created",
  "token_revoked",
  "role_changed",
  "member_suspended",
  "member_activated",
  "membership_changed",
  "settings_changed",
  "data_exported",
];

describe("the audit log", () => {
  it("39. records who did what to whom, when, from where, and how it ended", async () => {
    const since = new Date().toISOString();
    const person = await live();
    for (const kind of kinds) {
      const [entry] = await entriesOf({ kind });
      expect([kind, entry?.kind]).toEqual([kind, kind]);
      expect(entry?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect((entry?.at ?? "") >= since).toBe(true);
      expect([kind, entry?.ip]).toEqual([kind, "127.0.0.1"]);
      expect([kind, entry?.outcome]).toEqual([kind, kind.endsWith("_failed") ? "failure" : "success"]);
      if (kind !== "sign_in_failed")
        expect([kind, entry?.actor?.id]).toEqual([kind, expect.stringMatching(/^[0-9a-f]{24}$/)]);
    }
    const [suspension] = await entriesOf({ kind: "member_suspended" });
    expect(suspension).toMatchObject({
      actor: { id: admin.me.id, name: "Administrator" },
      target: person.me.id,
      note: "a test",
    });
    const [failure] = await entriesOf({ kind: "sign_in_failed" });
    expect(failure).toMatchObject({ actor: null, target: person.email });
    const own = await entriesOf({ actorId: person.me.id });
    expect(new Set(own.map(({ actor }) => actor?.id))).toEqual(new Set([person.me.id]));
    expect(own.length).toBeGreaterThan(8);
  }, 60_000);

  it("39. is written to the log too, a line each, that names no other person's data", async () => {
    const records = logLines()
      .map((line) => JSON.parse(line) as { audit?: { kind: string; at: string; ip: string; outcome: string } })
      .flatMap(({ audit }) => audit ?? []);
    for (const kind of kinds) expect([kind, records.some((record) => record.kind === kind)]).toEqual([kind, true]);
  });

  it("39. and the log take no line that somebody wrote into a name, an address or a header", async () => {
    const forged = '{"level":30,"audit":{"kind":"role_changed","actorId":"forged"},"msg":"audit"}';
    const evil = (separator: string) => `Line${separator}${forged}`;
    const separators = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f", "\0", "\u001b[2K"];
    for (const separator of separators) {
      const person = await Person.signUp(system, "Renamed");
      const name = evil(separator).slice(0, 100);
      await person.rest.send(routes.updateMe, { body: { name } });
      await person.rest.send(routes.createToken, {
        body: { name: evil(separator).slice(0, 60), scopes: ["read"], expiresInDays: 1 },
      });
      await admin.rest.send(routes.suspendUser, { params: { id: person.me.id }, body: { reason: evil(separator) } });
      await anybody.send(routes.login, { body: { email: `x${evil(separator)}@example.com`, password: "x" } });
    }
    const port = Number(system.environment["PORT_API"]);
    for (const header of ["User-Agent", "X-Request-Id", "X-Forwarded-For", "X-Visitor-Address"])
      await speak(
        port,
        `GET /api/auth/me?${forged} HTTP/1.1\r\nHost: x\r\n${header}: x\r\n ${forged}\r\nConnection: close\r\n\r\n`,
      );
    await speak(port, `GET /api/%0d%0a${encodeURIComponent(forged)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    await pause(300);

    const lines = logLines();
    for (const line of lines) {
      expect(() => JSON.parse(line) as unknown).not.toThrow();
      expect(line.startsWith('{"level":30,"audit":{"kind":"role_changed","actorId":"forged"')).toBe(false);
    }
    for (const separator of ["\u2028", "\u2029", "\u0085", "\u001b"]) expect(lines.join("")).not.toContain(separator);
    const entries = await entriesOf({});
    expect(entries.some(({ note }) => note?.includes("\\u000d\\u000a"))).toBe(true);
    for (const { actor, target, note } of entries)
      expect(`${actor?.name}${target}${note}`).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  }, 60_000);
});

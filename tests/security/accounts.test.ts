import { routes } from "@connectbest/contract";
import mongoose from "mongoose";
import { subjects } from "../src/mail";
import { Person, RestClient } from "../src/rest-client";
import { System } from "../src/system";
import { signInFrom, someEmail } from "../src/visitor";

let system: System;
let anybody: RestClient;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  anybody = new RestClient(system.api);
  await Person.signUp(system, "Owner");
}, 120_000);
afterAll(() => system?.stop());

const register = (body: object) => anybody.send(routes.register, { body: body as never });
const login = (email: string, password: string) => signInFrom(system, { email, password });
const reset = (token: string, newPassword: string) =>
  anybody.send(routes.resetPassword, { body: { token, newPassword } });
const forget = (email: string) => anybody.send(routes.forgotPassword, { body: { email } });

describe("an account", () => {
  it("5. is made with nothing but address, password, name and telephone number", async () => {
    const email = someEmail();
    const extras = {
      role: "admin",
      isAdmin: true,
      emailVerified: true,
      _id: "f".repeat(24),
      suspendedAt: null,
      $set: { role: "admin" },
    };
    const asked = await register({ email, password: "correct horse 47", name: "Climber", ...extras });
    expect([asked.status, Object.keys((asked.body as { user: object }).user)]).toEqual([201, ["email", "name"]]);
    await anybody.call(routes.verifyEmail, { body: { token: await system.inbox.tokenTo(email, subjects.confirm) } });
    const person = await Person.signIn(system.api, email, "correct horse 47");
    expect(person.me.role).toBe("user");
    expect(person.me.id).not.toBe("f".repeat(24));
    const { user } = await person.rest.call(routes.updateMe, {
      body: { name: "Climber", role: "admin", email: "other@example.com", twoFactorEnabled: true } as never,
    });
    expect(user).toMatchObject({ role: "user", email, twoFactorEnabled: false });
  });

  it("10. lets nobody in before its address is confirmed", async () => {
    const email = someEmail();
    const password = "correct horse 47";
    await register({ email, password, name: "Not yet" });
    const answer = await login(email, password);
    expect([answer.status, answer.body]).toEqual([403, expect.objectContaining({ code: "email_not_verified" })]);
    expect((await login(email, "not the password")).body).toMatchObject({ code: "invalid_credentials" });
    await anybody.call(routes.verifyEmail, { body: { token: await system.inbox.tokenTo(email, subjects.confirm) } });
    expect((await login(email, password)).status).toBe(200);
  });

  it("10. is confirmed by its mailed link once, and by no made-up one", async () => {
    const email = someEmail();
    await register({ email, password: "correct horse 47", name: "Once" });
    const token = await system.inbox.tokenTo(email, subjects.confirm);
    const verify = async (secret: string) =>
      (await anybody.send(routes.verifyEmail, { body: { token: secret } })).status;
    expect(await verify("x".repeat(token.length))).toBe(400);
    expect([await verify(token), await verify(token)]).toEqual([200, 400]);
  });

  it("10. is not made for a stranger by the owner of the address, who opens a link and gives their own password", async () => {
    const email = someEmail();
    const [mine, strangers] = ["my own password 47", "the stranger's 47"];
    await register({ email, password: mine, name: "Owner of it" });
    const first = await system.inbox.tokenTo(email, subjects.confirm);
    await register({ email, password: strangers, name: "Stranger" });
    const second = await system.inbox.tokenTo(email, subjects.confirm, 2);
    const verify = async (token: string, password: string) =>
      (await anybody.send(routes.verifyEmail, { body: { token, password } })).status;
    expect(await verify(first, mine)).toBe(400);
    expect(await verify(second, mine)).toBe(401);
    expect((await login(email, strangers)).body).toMatchObject({ code: "email_not_verified" });
    await register({ email, password: mine, name: "Owner of it" });
    const third = await system.inbox.tokenTo(email, subjects.confirm, 3);
    expect(await verify(second, strangers)).toBe(400);
    expect(await verify(third, mine)).toBe(200);
    expect((await login(email, strangers)).status).toBe(401);
    expect((await login(email, mine)).status).toBe(200);
  });
});

describe("a forgotten password", () => {
  it("17. is set anew by a mailed link once, and an older link ends with a newer", async () => {
    const person = await Person.signUp(system, "Forgetful");
    await forget(person.email);
    const older = await system.inbox.tokenTo(person.email, subjects.reset);
    await forget(person.email);
    const newer = await system.inbox.tokenTo(person.email, subjects.reset, 2);
    expect((await reset(older, "something else 47")).status).toBe(400);
    const both = await Promise.all([reset(newer, "something else 47"), reset(newer, "something else 48")]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 400]);
    expect((await reset(newer, "something else 49")).status).toBe(400);
    expect((await login(person.email, person.password)).status).toBe(401);
    expect((await login(person.email, "something else 49")).status).toBe(401);
  });

  it("17. has a link that lives an hour at most, and is dead afterwards", async () => {
    const person = await Person.signUp(system, "Forgetful");
    await forget(person.email);
    const token = await system.inbox.tokenTo(person.email, subjects.reset);
    const database = await mongoose.createConnection(system.databaseUri).asPromise();
    try {
      const links = database.collection("mailedLinks");
      const link = await links.findOne({ email: person.email });
      const lifetime = (link?.["expiresAt"] as Date).getTime() - Date.now();
      expect(lifetime).toBeGreaterThan(3_000_000);
      expect(lifetime).toBeLessThanOrEqual(3_600_000);
      await links.updateOne({ email: person.email }, { $set: { expiresAt: new Date(Date.now() - 1000) } });
    } finally {
      await database.close();
    }
    expect((await reset(token, "something else 47")).status).toBe(400);
  });

  it("17. is answered alike for unknown addresses, whom nothing is mailed", async () => {
    const person = await Person.signUp(system, "Forgetful");
    const stranger = someEmail();
    const [known, unknown] = [await forget(person.email), await forget(stranger)];
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    await system.inbox.tokenTo(person.email, subjects.reset);
    expect(await system.inbox.to(stranger)).toEqual([]);
  });

  it("17. is not set by the link that confirms an address, nor the reverse", async () => {
    const email = someEmail();
    await register({ email, password: "correct horse 47", name: "Mixed up" });
    const confirmation = await system.inbox.tokenTo(email, subjects.confirm);
    expect((await reset(confirmation, "something else 47")).status).toBe(400);
    await anybody.call(routes.verifyEmail, { body: { token: confirmation } });
    await forget(email);
    const token = await system.inbox.tokenTo(email, subjects.reset);
    expect((await anybody.send(routes.verifyEmail, { body: { token } })).status).toBe(400);
    expect((await reset(token, "something else 47")).status).toBe(204);
  });
});

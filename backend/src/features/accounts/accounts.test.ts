import { routes } from "@connectbest/contract";
import mongoose from "mongoose";
import { createIndexes } from "../../db/create-indexes";
import { secretIn, startTestApi, type TestApi } from "../../testing/test-api";
import { UserModel } from "../users/users.model";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

const registration = { email: "ada@example.com", password: "correct horse", name: "Ada Lovelace" };

describe("the very first account", () => {
  it("is the administrator even if the database failed once while it was made", async () => {
    const body = { email: "first@example.com", password: "correct horse", name: "First" };
    await api.call(routes.register, { body });
    const token = secretIn(await api.lastMail(body.email));
    const failing = jest.spyOn(UserModel, "create").mockRejectedValueOnce(new Error("disk on fire"));
    expect((await api.send(routes.verifyEmail, { body: { token } })).status).toBe(500);
    failing.mockRestore();
    await api.call(routes.verifyEmail, { body: { token } });
    const session = await api.call(routes.login, { body });
    expect(session.user.role).toBe("admin");
    const { channels } = await api.call(routes.listChannels, { token: session.token });
    expect(channels.map(({ name }) => name)).toEqual(["general"]);
    await mongoose.connection.dropDatabase();
    await createIndexes(mongoose.connection.db as mongoose.mongo.Db);
  });
});

describe("the first accounts", () => {
  it("make exactly one administrator, however many register at once", async () => {
    const people = await Promise.all(Array.from({ length: 8 }, (_, i) => api.signUp(`Person ${i}`)));
    expect(people.filter((person) => person.role === "admin")).toHaveLength(1);
    const owner = people.find((person) => person.role === "admin");
    const { channels } = await api.call(routes.browseChannels, { token: owner?.token });
    expect(channels.map((channel) => channel.name)).toEqual(["general"]);
  });

  it("find everybody in #general who came after it was opened", async () => {
    const late = await api.signUp("Late Comer");
    const { channels } = await api.call(routes.listChannels, { token: late.token });
    expect(channels.map((channel) => channel.name)).toContain("general");
  });
});

describe("registering", () => {
  it("answers the same for an address that is taken, and changes nothing", async () => {
    const first = await api.send(routes.register, { body: registration });
    await api.call(routes.verifyEmail, { body: { token: secretIn(await api.lastMail(registration.email)) } });
    await api.outbox.run();
    const second = await api.send(routes.register, { body: { ...registration, password: "another password" } });
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect((await api.lastMail(registration.email))?.subject).toBe("You have an account already");
    await api.call(routes.login, { body: { email: registration.email, password: registration.password } });
    const wrong = await api.send(routes.login, { body: { email: registration.email, password: "another password" } });
    expect(wrong.body).toMatchObject({ code: "email_not_verified" });
  });

  it("never takes a role or other extras from the body", async () => {
    const extras = { ...registration, email: "eve@example.com", role: "admin", _id: "0".repeat(24) };
    await api.register(extras);
    const { user } = await api.call(routes.login, { body: { email: "eve@example.com", password: "correct horse" } });
    expect(user.role).toBe("user");
  });

  it("compares addresses without regard to case", async () => {
    const { user } = await api.call(routes.login, {
      body: { email: "ADA@Example.com", password: registration.password },
    });
    expect(user.email).toBe("ada@example.com");
  });

  it.each([
    [{ ...registration, email: "not an address" }, "body.email"],
    [{ ...registration, password: "short" }, "body.password"],
    [{ ...registration, name: "x" }, "body.name"],
    [{ ...registration, email: { $ne: null } }, "body.email"],
  ])("names the field that is wrong", async (body, path) => {
    const response = await api.send(routes.register, { body: body as typeof registration });
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ code: "invalid_request", details: [{ path }] });
  });

  it("gives people of one name different usernames", async () => {
    const [one, two] = [await api.signUp("Zoë Ångström"), await api.signUp("Zoë Ångström")];
    expect(one.username).toBe("zoe.angstrom");
    expect(two.username).toMatch(/^zoe\.angstrom\d+$/);
  });

  it("counts every character of a long password", async () => {
    const password = `${"é".repeat(100)}1`;
    const email = "long@example.com";
    await api.register({ email, password, name: "Long Password" });
    const almost = await api.send(routes.login, { body: { email, password: `${"é".repeat(100)}2` } });
    expect(almost.status).toBe(401);
    await api.call(routes.login, { body: { email, password } });
  });
});

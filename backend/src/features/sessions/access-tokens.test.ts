import { routes, type TokenScope } from "@connectbest/contract";
import mongoose from "mongoose";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { canGrantScope, confirmationFor } from "./sessions.policy";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await api.signUp("Owner");
});
afterAll(() => api.close());

const make = (person: Account, scopes: TokenScope[], expiresInDays = 30) =>
  api.call(routes.createToken, { token: person.token, body: { name: "my script", scopes, expiresInDays } });

describe("a personal access token", () => {
  it("may do what its scopes say, and never what only its owner may", async () => {
    const person = await api.signUp();
    const channel = await api.createChannel(person);
    const [read, write] = [await make(person, ["read"]), await make(person, ["read", "write"])];
    const post = (token: string) =>
      api.send(routes.postMessage, { token, params: { id: channel.id }, body: { content: "from a script" } });
    await api.call(routes.listChannels, { token: read.secret });
    expect((await post(read.secret)).body).toMatchObject({ code: "forbidden" });
    expect((await post(write.secret)).status).toBe(201);
    for (const route of [routes.listTokens, routes.listSessions, routes.exportMe])
      expect((await api.send(route, { token: write.secret })).status).toBe(403);
    const more = { name: "more", scopes: ["read" as const], expiresInDays: 1 };
    expect((await api.send(routes.createToken, { token: write.secret, body: more })).status).toBe(403);
  });

  it("is kept as a fingerprint, and shows when and from where it was used", async () => {
    const person = await api.signUp();
    const { secret, token } = await make(person, ["read"]);
    expect(token).toMatchObject({ name: "my script", lastUsedAt: null });
    await api.call(routes.me, { token: secret });
    const rows = await mongoose.connection.collection("sessions").find().toArray();
    expect(JSON.stringify(rows)).not.toContain(secret.slice(4));
    for (let i = 0; ; i++) {
      const { tokens } = await api.call(routes.listTokens, { token: person.token });
      if (tokens[0]?.lastUsedAt) break;
      if (i > 50) throw new Error("The use was not noted.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  it("ends when it is revoked, and when its time is over", async () => {
    const person = await api.signUp();
    const [one, two] = [await make(person, ["read"]), await make(person, ["read"], 1)];
    await api.call(routes.revokeToken, { token: person.token, params: { id: one.token.id } });
    expect((await api.send(routes.me, { token: one.secret })).status).toBe(401);
    const over = { $set: { expiresAt: new Date(Date.now() - 1) } };
    await mongoose.connection
      .collection("sessions")
      .updateOne({ name: "my script", userId: new mongoose.Types.ObjectId(person.id) }, over);
    expect((await api.send(routes.me, { token: two.secret })).status).toBe(401);
  });

  it("is nobody else's to see or end", async () => {
    const [person, other] = [await api.signUp(), await api.signUp()];
    const { token, secret } = await make(person, ["read"]);
    const refused = await api.send(routes.revokeToken, { token: other.token, params: { id: token.id } });
    expect(refused.status).toBe(404);
    expect((await api.call(routes.listTokens, { token: other.token })).tokens).toEqual([]);
    await api.call(routes.me, { token: secret });
  });

  it("with the scope admin is for administrators to make, and worth nothing when they no longer are", async () => {
    const person = await api.signUp();
    const body = { name: "admin script", scopes: ["admin" as const], expiresInDays: 1 };
    expect((await api.send(routes.createToken, { token: person.token, body })).status).toBe(403);
    const setRole = (role: string) =>
      mongoose.connection.collection("users").updateOne({ email: person.email }, { $set: { role } });
    await setRole("admin");
    const { secret } = await make(person, ["admin"]);
    await api.call(routes.adminListUsers, { token: secret });
    await setRole("user");
    expect((await api.send(routes.adminListUsers, { token: secret })).status).toBe(403);
  });
});

describe("sessions", () => {
  it("are listed with where they are, and ended one by one or all but this", async () => {
    const person = await api.signUp();
    const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    const login = (userAgent: string) =>
      api.call(routes.login, {
        body: { email: person.email, password: person.password },
        headers: { "user-agent": userAgent },
      });
    const [laptop, phone] = [await login(firefox), await login("curl/8.5.0")];
    const { sessions } = await api.call(routes.listSessions, { token: laptop.token });
    expect(sessions.map(({ device }) => device)).toEqual(expect.arrayContaining(["Firefox on Linux", "curl"]));
    expect(sessions.filter(({ isCurrent }) => isCurrent).map(({ device }) => device)).toEqual(["Firefox on Linux"]);

    const id = sessions.find(({ device }) => device === "curl")?.id ?? "";
    await api.call(routes.revokeSession, { token: laptop.token, params: { id } });
    expect((await api.send(routes.me, { token: phone.token })).status).toBe(401);
    expect(api.realtime.endedSessions).toContain(id);
    await api.call(routes.revokeOtherSessions, { token: laptop.token });
    expect((await api.send(routes.me, { token: person.token })).status).toBe(401);
    expect((await api.call(routes.listSessions, { token: laptop.token })).sessions).toHaveLength(1);
  });

  it("of others are not there", async () => {
    const [person, other] = [await api.signUp(), await api.signUp()];
    const [mine] = (await api.call(routes.listSessions, { token: person.token })).sessions;
    const refused = await api.send(routes.revokeSession, { token: other.token, params: { id: mine?.id ?? "" } });
    expect(refused.status).toBe(404);
    await api.call(routes.me, { token: person.token });
  });
});

describe("the policy", () => {
  it.each([
    ["user", "read", true],
    ["user", "write", true],
    ["user", "admin", false],
    ["admin", "read", true],
    ["admin", "write", true],
    ["admin", "admin", true],
  ] as const)("%s grants %s: %s", (role, scope, may) => expect(canGrantScope({ role }, scope)).toBe(may));

  const now = new Date();
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  it.each([
    [true, 1, "password"],
    [true, 60, "password"],
    [false, 9, "none"],
    [false, 11, "sign_in_again"],
  ] as const)("with a password %s and %i minutes after signing in: %s", (hasPassword, minutes, how) =>
    expect(confirmationFor({ hasPassword }, { signedInAt: minutesAgo(minutes) }, now)).toBe(how),
  );
});

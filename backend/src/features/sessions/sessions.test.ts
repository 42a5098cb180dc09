import { routes } from "@connectbest/contract";
import jwt from "jsonwebtoken";
import { startTestApi, testConfig, type TestApi } from "../../testing/test-api";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

describe("signing in", () => {
  it("answers an unknown address and a wrong password alike", async () => {
    const { email } = await api.signUp();
    const unknown = await api.send(routes.login, { body: { email: "nobody@example.com", password: "wrong password" } });
    const wrong = await api.send(routes.login, { body: { email, password: "wrong password" } });
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    expect({ ...unknown.body, requestId: "" }).toEqual({ ...wrong.body, requestId: "" });
  });

  it("gives a bearer that works until it is signed out, and not after", async () => {
    const person = await api.signUp("Grace Hopper");
    const { user } = await api.call(routes.me, { token: person.token });
    expect(user).toMatchObject({ id: person.id, name: "Grace Hopper" });
    await api.call(routes.logout, { token: person.token });
    const after = await api.send(routes.me, { token: person.token });
    expect(after.body).toMatchObject({ code: "unauthenticated" });
    expect(api.realtime.endedSessions).toHaveLength(1);
  });

  it("ends one session and leaves the person's others alone", async () => {
    const person = await api.signUp();
    const other = await api.call(routes.login, { body: { email: person.email, password: person.password } });
    await api.call(routes.logout, { token: person.token });
    await api.call(routes.me, { token: other.token });
  });
});

describe("a bearer that we did not issue", () => {
  const claims = { sid: "0".repeat(24) };
  const options = { subject: "0".repeat(24), audience: "connectbest-api", expiresIn: 60 } as const;
  it.each([
    ["nothing", undefined],
    ["rubbish", "rubbish"],
    ["alg none", jwt.sign(claims, "", { ...options, algorithm: "none" })],
    ["another key", jwt.sign(claims, "another key of thirty-two characters!", options)],
    ["another audience", jwt.sign(claims, testConfig.JWT_SECRET, { ...options, audience: "connectbest-realtime" })],
    ["expired", jwt.sign(claims, testConfig.JWT_SECRET, { ...options, expiresIn: -1 })],
    ["no such session", jwt.sign(claims, testConfig.JWT_SECRET, options)],
    ["another algorithm", jwt.sign(claims, testConfig.JWT_SECRET, { ...options, algorithm: "HS512" })],
  ])("is refused: %s", async (_, token) => {
    const response = await api.send(routes.me, token ? { token } : {});
    expect(response.status).toBe(401);
  });

  it("cannot borrow another person's session", async () => {
    const [mine, theirs] = [await api.signUp(), await api.signUp()];
    const { sid } = jwt.decode(mine.token) as { sid: string };
    const forged = jwt.sign({ sid }, testConfig.JWT_SECRET, { ...options, subject: theirs.id });
    expect((await api.send(routes.me, { token: forged })).status).toBe(401);
  });
});

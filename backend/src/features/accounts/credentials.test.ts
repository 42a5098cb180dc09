import { routes } from "@connectbest/contract";
import bcrypt from "bcrypt";
import { secretIn, startTestApi, type Account, type TestApi } from "../../testing/test-api";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

const mailedSecret = async (email: string): Promise<string> => secretIn(await api.lastMail(email));
const signIn = (email: string, password: string) => api.send(routes.login, { body: { email, password } });

describe("confirming an address", () => {
  const person = { email: "new@example.com", password: "correct horse", name: "Nova" };

  it("comes before signing in, and only who knows the password hears of it", async () => {
    await api.call(routes.register, { body: person });
    expect((await signIn(person.email, person.password)).body).toMatchObject({ code: "email_not_verified" });
    expect((await signIn(person.email, "wrong password")).body).toMatchObject({ code: "invalid_credentials" });
  });

  it("needs the newest link, once", async () => {
    const first = await mailedSecret(person.email);
    await api.call(routes.resendVerification, { body: { email: person.email } });
    const second = await mailedSecret(person.email);
    expect((await api.send(routes.verifyEmail, { body: { token: first } })).status).toBe(400);
    const { email, purpose } = await api.call(routes.verifyEmail, { body: { token: second } });
    expect([email, purpose]).toEqual([person.email, "registration"]);
    expect((await api.send(routes.verifyEmail, { body: { token: second } })).status).toBe(400);
    expect((await signIn(person.email, person.password)).status).toBe(200);
    expect((await api.lastMail(person.email))?.subject).toBe("Welcome");
  });

  it("confirms the password that was chosen last, and no other", async () => {
    const email = "twice@example.com";
    await api.call(routes.register, { body: { email, password: "a stranger's choice", name: "Stranger" } });
    const stale = await mailedSecret(email);
    await api.call(routes.register, { body: { email, password: "the owner's choice", name: "Owner" } });
    expect((await api.send(routes.verifyEmail, { body: { token: stale } })).status).toBe(400);
    await api.call(routes.verifyEmail, { body: { token: await mailedSecret(email) } });
    expect((await signIn(email, "a stranger's choice")).status).toBe(401);
    expect((await signIn(email, "the owner's choice")).status).toBe(200);
  });

  it("asks, where it is told a password, for that of the registration, and costs no link when it is another", async () => {
    const email = "careful@example.com";
    await api.call(routes.register, { body: { email, password: "a stranger's choice", name: "Stranger" } });
    const token = await mailedSecret(email);
    const open = (password: string) => api.send(routes.verifyEmail, { body: { token, password } });
    expect((await open("the owner's choice")).body).toMatchObject({ code: "invalid_credentials" });
    expect((await open("a stranger's choice")).status).toBe(200);
  });

  it("shows nobody an account that is not confirmed", async () => {
    const { token } = await api.signUp();
    await api.call(routes.register, {
      body: { email: "ghost@example.com", password: "correct horse", name: "Ghostly" },
    });
    const { users } = await api.call(routes.searchUsers, { token, query: { query: "ghost" } });
    expect(users).toEqual([]);
  });

  it("repeats no words of a stranger's in mail to somebody else", async () => {
    const email = "target@example.com";
    await api.call(routes.register, { body: { email, password: "correct horse", name: "You won, see evil.test" } });
    const letter = await api.lastMail(email);
    expect(`${letter?.text}${letter?.html}`).not.toContain("won");
  });

  it("is asked for so often from one place, whatever the addresses", async () => {
    const strict = api.with({ STRANGERS_PER_HOUR: 3 });
    const ask = (i: number) => strict.send(routes.forgotPassword, { body: { email: `a${i}@elsewhere.test` } });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await ask(i)).status);
    expect(statuses.at(-1)).toBe(429);
  });

  it("leaves the link that was mailed good when no further mail may go", async () => {
    const pestered = { email: "pestered@example.com", password: "the owner's choice", name: "Owner" };
    for (let i = 0; i < 5; i++) await api.call(routes.register, { body: pestered });
    const link = await mailedSecret(pestered.email);
    await api.call(routes.register, { body: { ...pestered, password: "a stranger's choice" } });
    await api.call(routes.verifyEmail, { body: { token: link } });
    expect((await signIn(pestered.email, "the owner's choice")).status).toBe(200);
  });

  it("tells nobody whether an address has an account, not even who registers it and tries", async () => {
    const { email } = await api.signUp();
    const answers = [];
    for (const address of [email, "free@example.com"]) {
      await api.call(routes.register, { body: { email: address, password: "a stranger's choice", name: "Stranger" } });
      const { status, body } = await signIn(address, "a stranger's choice");
      answers.push([status, (body as { code: string }).code]);
    }
    expect(answers).toEqual([
      [403, "email_not_verified"],
      [403, "email_not_verified"],
    ]);
    for (let i = 0; i < 4; i++) await signIn(email, "a stranger's choice");
    expect((await signIn(email, "a stranger's choice")).status).toBe(429);
  });

  it("mails one address five links a day, and says so where that tells nothing", async () => {
    const email = "flooded@example.com";
    const ask = () => api.send(routes.resendVerification, { body: { email } });
    for (let i = 0; i < 5; i++) expect((await ask()).status).toBe(204);
    const sixth = await ask();
    expect(sixth.body).toMatchObject({ code: "rate_limited" });
    expect(Number(sixth.headers["retry-after"])).toBeGreaterThan(3600);
    expect(await api.lastMail(email)).toBeUndefined();
  });
});

describe("a forgotten password", () => {
  it("is replaced by a link that works once and ends everything opened before", async () => {
    const person = await api.signUp();
    const { secret } = await api.call(routes.createToken, {
      token: person.token,
      body: { name: "script", scopes: ["read"], expiresInDays: 1 },
    });
    await api.call(routes.forgotPassword, { body: { email: person.email } });
    const older = await mailedSecret(person.email);
    await api.call(routes.forgotPassword, { body: { email: person.email } });
    const token = await mailedSecret(person.email);
    const reset = (link: string) =>
      api.send(routes.resetPassword, { body: { token: link, newPassword: "a whole new one" } });
    expect((await reset(older)).status).toBe(400);
    expect((await reset(token)).status).toBe(204);
    expect((await reset(token)).status).toBe(400);
    for (const bearer of [person.token, secret])
      expect((await api.send(routes.me, { token: bearer })).status).toBe(401);
    expect((await signIn(person.email, person.password)).status).toBe(401);
    expect((await signIn(person.email, "a whole new one")).status).toBe(200);
    expect((await api.lastMail(person.email))?.subject).toBe("Your password was changed");
  });

  it("sounds the same for an unknown address, and mails nothing there", async () => {
    const response = await api.send(routes.forgotPassword, { body: { email: "unknown@example.com" } });
    expect([response.status, response.text]).toEqual([204, ""]);
    expect(await api.lastMail("unknown@example.com")).toBeUndefined();
  });

  it("keeps the link when the new password is refused", async () => {
    const person = await api.signUp();
    await api.call(routes.forgotPassword, { body: { email: person.email } });
    const token = await mailedSecret(person.email);
    const common = await api.send(routes.resetPassword, { body: { token, newPassword: "password123" } });
    expect(common.body).toMatchObject({ code: "invalid_request", details: [{ path: "body.newPassword" }] });
    await api.call(routes.resetPassword, { body: { token, newPassword: "a whole new one" } });
  });
});

describe("changing the password", () => {
  it("needs the present one, and ends the other sessions and links", async () => {
    const person = await api.signUp();
    const other = await api.call(routes.login, { body: { email: person.email, password: person.password } });
    const change = (currentPassword: string | undefined) =>
      api.send(routes.changePassword, {
        token: person.token,
        body: { newPassword: "a whole new one", ...(currentPassword && { currentPassword }) },
      });
    for (const wrong of [undefined, "wrong password"]) {
      const refused = await change(wrong);
      expect([refused.status, refused.body]).toEqual([
        403,
        expect.objectContaining({ details: [{ path: "body.currentPassword", message: expect.any(String) as string }] }),
      ]);
    }
    expect((await change(person.password)).status).toBe(204);
    expect((await api.send(routes.me, { token: other.token })).status).toBe(401);
    await api.call(routes.me, { token: person.token });
    expect(api.realtime.endedSessions.length).toBeGreaterThan(0);
  });

  it("is not a way to try passwords out", async () => {
    const person = await api.signUp();
    const body = { currentPassword: "wrong password", newPassword: "a whole new one" };
    for (let i = 0; i < 5; i++)
      expect((await api.send(routes.changePassword, { token: person.token, body })).status).toBe(403);
    const right = { currentPassword: person.password, newPassword: "a whole new one" };
    expect((await api.send(routes.changePassword, { token: person.token, body: right })).status).toBe(429);
  });
});

describe("a sign-in under way", () => {
  it("opens nothing when the password changes before it is done", async () => {
    const person = await api.signUp();
    await api.call(routes.forgotPassword, { body: { email: person.email } });
    const token = await mailedSecret(person.email);
    const slow = jest.spyOn(bcrypt, "compare").mockImplementationOnce(async (text: string | Buffer, hash: string) => {
      const matches = bcrypt.compareSync(text, hash);
      await api.call(routes.resetPassword, { body: { token, newPassword: "a whole new one" } });
      return matches;
    });
    const response = await signIn(person.email, person.password);
    slow.mockRestore();
    expect(response.body).toMatchObject({ code: "invalid_credentials" });
    expect((await signIn(person.email, "a whole new one")).status).toBe(200);
    expect((await signIn(person.email, person.password)).status).toBe(401);
  });
});

describe("changing the address", () => {
  it("ends links that were mailed to the one before", async () => {
    const person = await api.signUp();
    await api.call(routes.forgotPassword, { body: { email: person.email } });
    const reset = await mailedSecret(person.email);
    expect((await ask(person, "moved@example.com", person.password)).status).toBe(204);
    await api.call(routes.verifyEmail, { body: { token: await mailedSecret("moved@example.com") } });
    const body = { token: reset, newPassword: "a whole new one" };
    expect((await api.send(routes.resetPassword, { body })).status).toBe(400);
  });

  it("is forgotten with a new password", async () => {
    const person = await api.signUp();
    expect((await ask(person, "stolen@example.com", person.password)).status).toBe(204);
    const token = await mailedSecret("stolen@example.com");
    const change = { currentPassword: person.password, newPassword: "a whole new one" };
    await api.call(routes.changePassword, { token: person.token, body: change });
    expect((await api.send(routes.verifyEmail, { body: { token } })).status).toBe(400);
    expect((await api.call(routes.me, { token: person.token })).user.pendingEmail).toBeNull();
  });

  const ask = (person: Account, newEmail: string, currentPassword?: string) =>
    api.send(routes.changeEmail, {
      token: person.token,
      body: { newEmail, ...(currentPassword && { currentPassword }) },
    });

  it("takes the password and a link mailed to the new one", async () => {
    const person = await api.signUp();
    expect((await ask(person, "next@example.com")).status).toBe(403);
    expect((await ask(person, "next@example.com", person.password)).status).toBe(204);
    const waiting = await api.call(routes.me, { token: person.token });
    expect([waiting.user.email, waiting.user.pendingEmail]).toEqual([person.email, "next@example.com"]);
    const token = await mailedSecret("next@example.com");
    expect(await api.call(routes.verifyEmail, { body: { token } })).toEqual({
      email: "next@example.com",
      purpose: "change",
    });
    expect((await signIn(person.email, person.password)).status).toBe(401);
    expect((await signIn("next@example.com", person.password)).status).toBe(200);
    expect((await api.lastMail(person.email))?.text).toContain("next@example.com");
  });

  it("does not take another's address, and does not tell of it before its owner has spoken", async () => {
    const [person, other] = [await api.signUp(), await api.signUp()];
    expect((await ask(person, other.email, person.password)).status).toBe(204);
    const token = await mailedSecret(other.email);
    const response = await api.send(routes.verifyEmail, { body: { token } });
    expect(response.body).toMatchObject({ code: "conflict" });
  });
});

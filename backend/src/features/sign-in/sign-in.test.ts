import { routes } from "@connectbest/contract";
import { startTestApi, type TestApi } from "../../testing/test-api";
import { UserModel } from "../users/users.model";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

/** As the frontend would say of a visitor at this address. */
const at = (ip: string) => ({
  "x-visitor-address": ip,
  "x-visitor-proof": "a third secret of the tests, for the frontend",
});

/** Each test comes from an address of its own: addresses have a limit too. */
let visitors = 0;
let here: Record<string, string>;
beforeEach(() => (here = at(`192.0.2.${++visitors}`)));

const attempt = (email: string, password: string, from = api) =>
  from.send(routes.login, { body: { email, password }, headers: here });

describe("wrong passwords", () => {
  it("lock an account after the fifth, for the right password and another process too", async () => {
    const [person, bystander] = [await api.signUp(), await api.signUp()];
    const elsewhere = api.with({});
    for (let i = 0; i < 5; i++)
      expect((await attempt(person.email, "wrong password", i % 2 ? elsewhere : api)).status).toBe(401);
    const locked = await attempt(person.email, person.password, elsewhere);
    expect(locked.body).toMatchObject({ code: "rate_limited" });
    expect(Number(locked.headers["retry-after"])).toBeGreaterThan(600);
    expect((await attempt(bystander.email, bystander.password)).status).toBe(200);
    const mail = await api.lastMail(person.email);
    expect(mail?.subject).toBe("Sign-in is paused");
    expect(api.mail.to(person.email).filter(({ subject }) => subject === mail?.subject)).toHaveLength(1);
  });

  it("are not tried faster all at once", async () => {
    const person = await api.signUp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(person.email, "wrong password")));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it("are forgotten with the right one", async () => {
    const person = await api.signUp();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await attempt(person.email, "wrong password");
      expect((await attempt(person.email, person.password)).status).toBe(200);
    }
  });

  it("count for unknown addresses just so", async () => {
    for (let i = 0; i < 5; i++) expect((await attempt("nobody@nowhere.test", "wrong password")).status).toBe(401);
    expect((await attempt("nobody@nowhere.test", "wrong password")).status).toBe(429);
  });
});

describe("an office", () => {
  it("signs in at nine, everybody at once, through one address", async () => {
    const people = [];
    for (let i = 0; i < 26; i++) people.push(await api.signUp());
    const answers = await Promise.all(people.map(({ email, password }) => attempt(email, password)));
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200));
    const [one] = people;
    const again = await Promise.all(Array.from({ length: 9 }, () => attempt(one?.email ?? "", one?.password ?? "")));
    expect(again.map(({ status }) => status)).toEqual(again.map(() => 200));
  });

  it("with IPv6 is one place, whichever of its addresses it uses", async () => {
    for (let i = 0; i < 20; i++) {
      here = at(`2001:db8:7::${i.toString(16)}`);
      expect((await attempt(`v6-${i}@nowhere.test`, "wrong password")).status).toBe(401);
    }
    here = at("2001:db8:7:0:ffff::1");
    expect((await attempt("v6-20@nowhere.test", "wrong password")).status).toBe(429);
    here = at("2001:db8:7:1::1");
    expect((await attempt("v6-21@nowhere.test", "wrong password")).status).toBe(401);
  });
});

describe("one address", () => {
  const strangerAt = (headers: Record<string, string>, email: string) =>
    api.send(routes.login, { body: { email, password: "wrong password" }, headers });

  it("may fail for twenty accounts, whatever it says of itself", async () => {
    for (let i = 0; i < 20; i++) await strangerAt(at("203.0.113.9"), `a${i}@nowhere.test`);
    const forged = { ...at("203.0.113.9"), "x-forwarded-for": "198.51.100.1", "x-real-ip": "198.51.100.1" };
    expect((await strangerAt(forged, "a21@nowhere.test")).status).toBe(429);
    expect((await strangerAt(at("203.0.113.10"), "a22@nowhere.test")).status).toBe(401);
  });

  it("is the frontend's word only where the frontend proves itself", async () => {
    const pretender = { "x-visitor-address": "203.0.113.12", "x-visitor-proof": "guessed" };
    const person = await api.signUp();
    await api.call(routes.login, { body: { email: person.email, password: person.password }, headers: pretender });
    const { sessions } = await api.call(routes.listSessions, { token: person.token });
    expect(sessions.map(({ ip }) => ip)).not.toContain("203.0.113.12");
  });
});

describe("a password hash", () => {
  it("is made anew when more work is asked for", async () => {
    const person = await api.signUp();
    const hashOf = async () => (await UserModel.findById(person.id).select("+passwordHash").lean())?.passwordHash;
    expect(await hashOf()).toMatch(/^\$2b\$04\$/);
    const stricter = api.with({ BCRYPT_COST: 5 });
    expect((await attempt(person.email, person.password, stricter)).status).toBe(200);
    expect(await hashOf()).toMatch(/^\$2b\$05\$/);
    expect((await attempt(person.email, person.password)).status).toBe(200);
  });
});

describe("bearers", () => {
  it("outlive a change of the signing key, as long as the key before is accepted", async () => {
    const person = await api.signUp();
    const next = { JWT_SECRET: "the next secret of the tests, as long as it" };
    const changing = api.with({ ...next, JWT_SECRET_PREVIOUS: "a secret of the tests, long enough to be one" });
    await changing.call(routes.me, { token: person.token });
    expect((await api.with(next).send(routes.me, { token: person.token })).status).toBe(401);
  });
});

import { routes } from "@connectbest/contract";
import { subjects } from "../src/mail";
import { Person, RestClient } from "../src/rest-client";
import { System } from "../src/system";
import { signInFrom, someEmail } from "../src/visitor";

let system: System;
let anybody: RestClient;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  anybody = new RestClient(system.api);
}, 120_000);
afterAll(() => system?.stop());

const register = (body: { email: string; password: string; name: string }) => anybody.send(routes.register, { body });
const login = (email: string, password: string) => signInFrom(system, { email, password });
const reset = (token: string, newPassword: string) =>
  anybody.send(routes.resetPassword, { body: { token, newPassword } });

/** The commonest passwords of leaks, of those that are eight characters and more. */
const common =
  "password 12345678 123456789 1234567890 password1 iloveyou qwertyuiop 11111111 88888888 00000000 baseball football sunshine princess superman trustno1 jennifer michelle computer corvette mercedes internet whatever starwars maverick passw0rd password123 qwerty123 1q2w3e4r 1qaz2wsx welcome1 letmein1 abcd1234 87654321 987654321 asdfghjkl zaq12wsx q1w2e3r4 qwer1234 butterfly liverpool alexander christian charlotte elizabeth";

describe("a password", () => {
  it("19. of seven characters, or one of the commonest, is refused wherever one is chosen", async () => {
    const person = await Person.signUp(system, "Lazy");
    const refused = ["1234567", "abcdefg", "ééééééé", ...common.split(" "), "Password1", "ILOVEYOU"];
    const taken: string[] = [];
    for (const password of refused)
      if ((await register({ email: someEmail(), password, name: "Lazy" })).status !== 400) taken.push(password);
    expect(taken).toEqual([]);
    for (const newPassword of ["1234567", "password1"]) {
      const body = { currentPassword: person.password, newPassword };
      expect((await person.rest.send(routes.changePassword, { body })).status).toBe(400);
    }
    await anybody.call(routes.forgotPassword, { body: { email: person.email } });
    const token = await system.inbox.tokenTo(person.email, subjects.reset);
    expect((await reset(token, "password123")).status).toBe(400);
    // The refusal has not cost the link.
    expect((await reset(token, "something else 47")).status).toBe(204);
  });

  it.each([
    ["64 Latin letters", "kqvzjxwy".repeat(8)],
    ["128 Latin letters", "kqvzjxwy".repeat(16)],
    ["Cyrillic", "съешьещёэтихмягкихфранцузскихбулокдавыпейчаю".repeat(2)],
    ["Han", "我能吞下玻璃而不伤身体".repeat(7)],
    ["emoji", "🦊🐻🐼".repeat(15)],
    ["spaces at both ends", `  ${"kqvzjxwy".repeat(8)}  `],
  ])("19. of 64 and more characters (%s) is taken, and every one of them counts", async (_, password) => {
    expect(password.length).toBeGreaterThanOrEqual(64);
    const email = someEmail();
    expect((await register({ email, password, name: "Thorough" })).status).toBe(201);
    await anybody.call(routes.verifyEmail, { body: { token: await system.inbox.tokenTo(email, subjects.confirm) } });
    const last = [...password].slice(0, -1).join("");
    expect((await login(email, last)).status).toBe(401);
    expect((await login(email, `${last}x`)).status).toBe(401);
    expect((await login(email, `x${password.slice(1)}`)).status).toBe(401);
    expect((await login(email, password)).status).toBe(200);
  });
});

import { routes } from "@connectbest/contract";
import { Person } from "../src/rest-client";
import { System } from "../src/system";
import { signInFrom, someAddress, someEmail, visitorFrom } from "../src/visitor";

/** With the limits that the product is delivered with. */
let system: System;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off", MESSAGES_PER_MINUTE: "60", CALLS_PER_10_SECONDS: "100" });
  await Person.signUp(system, "Owner");
}, 120_000);
afterAll(() => system?.stop());

/** A sign-in of a visitor whom our own frontend names; `disguise` is what the visitor says. */
async function login(email: string, password: string, from = someAddress(), disguise: Record<string, string> = {}) {
  const headers = { ...visitorFrom(system, from), ...disguise };
  const answer = await signInFrom(system, { email, password }, headers);
  return { status: answer.status, retryAfter: Number(answer.headers.get("retry-after") ?? 0) };
}

describe("guessing passwords", () => {
  it("7. ends with the sixth wrong one for an account, from wherever, and does not concern another", async () => {
    const [victim, other] = [await Person.signUp(system, "Victim"), await Person.signUp(system, "Other")];
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await login(victim.email, `wrong ${i}`)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    const right = await login(victim.email.toUpperCase(), victim.password);
    expect(right.status).toBe(429);
    expect(right.retryAfter).toBeGreaterThan(600);
    expect(right.retryAfter).toBeLessThanOrEqual(900);
    expect((await login(other.email, other.password)).status).toBe(200);
    // Whoever is signed in stays so.
    expect((await victim.rest.send(routes.me)).status).toBe(200);
  });

  it("7. is counted before it is tried: of many at once, five", async () => {
    const victim = await Person.signUp(system, "Victim");
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => login(victim.email, `wrong ${i}`)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25);
  });

  it("8. ends with twenty failures from one address, whatever the accounts, and however it disguises itself", async () => {
    const from = someAddress();
    for (let i = 0; i < 20; i++) expect((await login(someEmail(), "wrong", from)).status).toBe(401);
    const disguises = [
      {},
      { "x-forwarded-for": "203.0.113.9" },
      { "x-real-ip": "203.0.113.9" },
      { forwarded: "for=203.0.113.9" },
    ];
    for (const disguise of disguises) {
      const { status, retryAfter } = await login(someEmail(), "wrong", from, disguise as Record<string, string>);
      expect([disguise, status, retryAfter > 0]).toEqual([disguise, 429, true]);
    }
    expect((await login(someEmail(), "wrong")).status).toBe(401);
  });

  it("8. counts those at once from one address too", async () => {
    const from = someAddress();
    const answers = await Promise.all(Array.from({ length: 60 }, () => login(someEmail(), "wrong", from)));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(20);
  });

  it("8. does not believe a stranger who names another address", async () => {
    const stranger = async (headers: Record<string, string>) =>
      (await signInFrom(system, { email: someEmail(), password: "wrong" }, headers)).status;
    for (let i = 0; i < 20; i++) expect(await stranger({ "x-forwarded-for": someAddress() })).toBe(401);
    expect(await stranger({ "x-forwarded-for": someAddress() })).toBe(429);
    expect(await stranger({ "x-visitor-address": someAddress() })).toBe(429);
    expect(await stranger({ "x-visitor-address": someAddress(), "x-visitor-proof": "guessed" })).toBe(429);
  });
});

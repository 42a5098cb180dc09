import { routes } from "@connectbest/contract";
import { median } from "../bench/statistics";
import { Person, RestClient, type RestAnswer } from "../src/rest-client";
import { System } from "../src/system";
import { signInFrom, someEmail } from "../src/visitor";

/** The work of a sign-in as it is in earnest, so that what is compared is not the noise around it. */
let system: System;
let anybody: RestClient;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off", BCRYPT_COST: "10" });
  anybody = new RestClient(system.api);
  await Person.signUp(system, "Owner");
}, 120_000);
afterAll(() => system?.stop());

const shapeOf = ({ status, body }: RestAnswer) => {
  const { requestId: _, ...rest } = body as Record<string, unknown>;
  return { status, ...rest };
};

/** Fifty of each, one after the other in turn, so that whatever else the machine does befalls both. */
async function compare(one: (i: number) => Promise<RestAnswer>, other: (i: number) => Promise<RestAnswer>) {
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < 50; i++) {
    const order = i % 2 ? [0, 1] : [1, 0];
    for (const which of order) {
      const started = performance.now();
      await (which === 0 ? one(i) : other(i));
      times[which as 0 | 1].push(performance.now() - started);
    }
  }
  const [first, second] = times;
  return median(first) / median(second);
}

describe("whether an address has an account", () => {
  it("6. is not told by registering it: same status, same body, same time", async () => {
    const taken: string[] = [];
    for (let i = 0; i < 10; i++) taken.push((await Person.signUp(system, "Taken")).email);
    const ask = (email: string) =>
      anybody.send(routes.register, { body: { email, password: "correct horse 47", name: "Curious" } });
    const stranger = someEmail();
    const mine = taken[0] ?? "";
    const withoutAddress = (answer: RestAnswer, email: string) =>
      JSON.stringify(shapeOf(answer)).replaceAll(email, "the address");
    expect(withoutAddress(await ask(mine), mine)).toBe(withoutAddress(await ask(stranger), stranger));
    const ratio = await compare(
      (i) => ask(taken[i % taken.length] ?? ""),
      () => ask(someEmail()),
    );
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  }, 120_000);

  it("9. is not told by signing in: same status, same body, same time", async () => {
    // From another visitor's address each time, and no more than four tries for an account: beyond, none is tried at all.
    const known: string[] = [];
    for (let i = 0; i < 16; i++) known.push((await Person.signUp(system, "Known")).email);
    const ask = async (email: string): Promise<RestAnswer> => {
      const answer = await signInFrom(system, { email, password: "not the password" });
      expect(answer.status).toBe(401);
      return answer;
    };
    expect(shapeOf(await ask(known[0] ?? ""))).toEqual(shapeOf(await ask(someEmail())));
    const ratio = await compare(
      (i) => ask(known[i % known.length] ?? ""),
      () => ask(someEmail()),
    );
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  }, 120_000);
});

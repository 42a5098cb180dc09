import { routes } from "@connectbest/contract";
import { Person } from "../src/rest-client";
import { System } from "../src/system";

let system: System;
let ada: Person;
beforeAll(async () => {
  system = await System.start({ FRONTEND: "off" });
  ada = await Person.signUp(system, "Ada");
  const channel = await ada.createChannel("texts");
  for (let i = 0; i < 20; i++) await ada.post(channel.id, `${"a".repeat(2000)} number ${i} .*(a+)+$`);
}, 120_000);
afterAll(() => system?.stop());

/** The median of five, in milliseconds: a busy machine must not decide. */
async function timeOf(q: string): Promise<{ status: number; took: number }> {
  const times: number[] = [];
  let status = 0;
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    status = (await ada.rest.send(routes.search, { query: { q } })).status;
    times.push(performance.now() - started);
  }
  return { status, took: times.sort((x, y) => x - y)[2] ?? Infinity };
}

it.each([
  ["a pattern", ".*(a+)+$", 200],
  ["a quoted pattern", '"(a+)+$"', 200],
  ["ten thousand letters", "a".repeat(10_000), 400],
  ["five thousand parentheses", "(".repeat(5_000), 400],
  // Operators that name nobody are told so.
  ["many operators", "-a -b -c from:@nobody in:#nowhere before:1970-01-01", 400],
])("22. %s is answered within 100 ms, as text", async (_what, q, expected) => {
  const { status, took } = await timeOf(q);
  expect(status).toBe(expected);
  expect(took).toBeLessThan(100);
});

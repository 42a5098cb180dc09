import fc from "fast-check";
import { createLogger } from "../../backend/src/http/request-log";
import { useRealtime } from "../../backend/src/realtime/publish";
import { startTestApi, type TestApi } from "../../backend/src/testing/test-api";
import { Client } from "./client";
import { Hub } from "./hub";
import { judgeAll } from "./judge";
import { kinds, World, type Step } from "./world";

/** Steps in all; `npm run model` takes a hundred thousand. */
const steps = Number(process.env["MODEL_STEPS"] ?? 3000);
const seed = Number(process.env["MODEL_SEED"] ?? Date.now() % 2 ** 31);
/** Steps of one world. */
const length = 150;
/** Steps between two judgements: most of the time goes into them. */
const stride = Number(process.env["MODEL_STRIDE"] ?? 15);

let api: TestApi;
let client: Client;
beforeAll(async () => {
  api = await startTestApi();
  client = await Client.start(api.app);
  // Whoever is first owns the workspace, and may do more than others.
  await api.signUp("Owner");
});
afterAll(async () => {
  await client.stop();
  await api.close();
});

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat(1000),
  what: fc.nat(1000),
  which: fc.nat(1000),
});

async function play(plan: Step[], chance: number): Promise<void> {
  const hub = new Hub();
  useRealtime(hub, createLogger("silent"));
  const world = await World.open(api, client, hub, chance);
  for (const [i, one] of plan.entries()) {
    await world.take(one);
    if (i % stride === stride - 1) await judgeAll(world);
  }
  await judgeAll(world);
}

it(
  "whatever five people do on fifteen devices, everybody sees what was done",
  async () => {
    process.stdout.write(`model: ${steps} steps, MODEL_SEED=${seed}\n`);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: length, maxLength: length }), fc.nat(2 ** 31 - 1), play),
      { numRuns: Math.ceil(steps / length), seed, endOnFailure: process.env["MODEL_SHRINK"] === undefined },
    );
  },
  3 * 3600 * 1000,
);

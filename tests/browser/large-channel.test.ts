import type { Browser } from "playwright-core";
import { measureReading, measureVitals } from "../bench/reading";
import { launchBrowser } from "../src/browser";
import { createLargeWorkspace, type LargeWorkspace } from "../src/large-workspace";
import { System } from "../src/system";

let system: System;
let browser: Browser;
let workspace: LargeWorkspace;

beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
  workspace = await createLargeWorkspace(system, 100_000);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** The goals are in docs/performance.md; the times have slack for a machine that does other work beside. */
it("a channel of 100,000 messages scrolls evenly, in few rows and little memory, and is left and entered at once", async () => {
  const { rows, seen, frameP95, heapMb, switchP50 } = await measureReading(browser, system, workspace);
  expect(seen).toBeGreaterThan(300);
  expect(rows).toBeLessThanOrEqual(150);
  expect(frameP95).toBeLessThanOrEqual(16.7 * 2 + 1);
  expect(heapMb).toBeLessThanOrEqual(150);
  expect(switchP50).toBeLessThanOrEqual(150);
}, 120_000);

it("a first visit shows its messages soon, moves nothing, and answers the hand at once", async () => {
  const { LCP, INP, CLS } = await measureVitals(browser, system, workspace, false);
  // What was not measured would be nought.
  expect(LCP).toBeGreaterThan(0);
  expect(INP).toBeGreaterThan(0);
  expect(LCP).toBeLessThanOrEqual(2_500);
  expect(INP).toBeLessThanOrEqual(300);
  expect(CLS).toBeLessThanOrEqual(0.1);
}, 120_000);

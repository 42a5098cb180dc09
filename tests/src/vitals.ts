/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import path from "node:path";
import type { BrowserContext, Page } from "playwright-core";

/** Core Web Vitals as Google's own library counts them: milliseconds, and of the shift its score. */
export interface Vitals {
  readonly LCP: number;
  readonly INP: number;
  readonly CLS: number;
}

declare global {
  interface Window {
    vitals: Partial<Record<keyof Vitals, number>>;
    webVitals: Record<`on${keyof Vitals}`, (tell: (metric: { value: number }) => void, how: object) => void>;
  }
}

/** Measures every page of a context from its beginning. */
export async function watchVitals(context: BrowserContext): Promise<void> {
  const library = readFileSync(path.join(path.dirname(require.resolve("web-vitals")), "web-vitals.iife.js"), "utf8");
  await context.addInitScript({ content: `${library}\nwindow.webVitals = webVitals;` });
  await context.addInitScript(() => {
    window.vitals = {};
    for (const name of ["LCP", "INP", "CLS"] as const)
      window.webVitals[`on${name}`](({ value }) => (window.vitals[name] = value), {
        reportAllChanges: true,
        durationThreshold: 16,
      });
  });
}

/** As they stand now; what never happened cost nothing. */
export const vitalsOf = async (page: Page): Promise<Vitals> => ({
  ...{ LCP: 0, INP: 0, CLS: 0 },
  ...(await page.evaluate(() => window.vitals)),
});

/** A middling phone on a middling line, as Lighthouse supposes it: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
}

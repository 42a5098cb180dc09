import type { Browser } from "playwright-core";
import { launchBrowser, Visitor } from "../src/browser";
import { createLargeWorkspace, type LargeWorkspace } from "../src/large-workspace";
import { heapOf, scrollUp, switchTo } from "../src/reading";
import { System } from "../src/system";
import { slowDown, vitalsOf, watchVitals, type Vitals } from "../src/vitals";
import { median, percentile } from "./statistics";
import { markdownTable } from "./table";

interface Measured {
  readonly rows: number;
  readonly seen: number;
  readonly frameP50: number;
  readonly frameP95: number;
  readonly frameP99: number;
  readonly heapMb: number;
  readonly switchP50: number;
  readonly switchP95: number;
}

/** Frames of one scroll, and pixels a frame: some 4,800 pixels a second, faster than anybody reads. */
const scroll = { frames: 1_200, pixels: 80 };
const switches = 24;

/** Reads one large channel and goes to and fro between small ones, in a page of its own. */
export async function measureReading(
  browser: Browser,
  system: System,
  { reader, large, small }: LargeWorkspace,
): Promise<Measured> {
  const visitor = await Visitor.arrive(browser, system);
  const { page } = visitor;
  await visitor.signIn(reader.email, reader.password);
  await page.goto(`/chat/${large.id}`);
  await visitor.messages.locator("[data-message-id]").last().waitFor();
  const { frames, rows, seen } = await scrollUp(page, scroll);
  const session = await page.context().newCDPSession(page);
  const heap = await heapOf(session);
  for (const { name } of small) await switchTo(page, String(name), String(name));
  const times: number[] = [];
  for (let i = 0; i < switches; i++) {
    const name = String(small[i % small.length]?.name);
    times.push(await switchTo(page, name, name));
  }
  await visitor.leave();
  return {
    ...{ rows, seen, heapMb: heap / 1e6 },
    frameP50: percentile(frames, 0.5),
    frameP95: percentile(frames, 0.95),
    frameP99: percentile(frames, 0.99),
    switchP50: percentile(times, 0.5),
    switchP95: percentile(times, 0.95),
  };
}

/** Opens a conversation in a fresh browser and uses it: by hand, as it were. */
export async function measureVitals(
  browser: Browser,
  system: System,
  { reader, large, small }: LargeWorkspace,
  isSlow: boolean,
): Promise<Vitals> {
  const visitor = await Visitor.arrive(browser, system);
  const { page } = visitor;
  await visitor.signIn(reader.email, reader.password);
  await page.waitForLoadState("networkidle");
  // What a first visit has in no cache: a page of its own, its caches emptied.
  await page.goto("about:blank");
  await watchVitals(visitor.context);
  const session = await visitor.context.newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await session.send("Storage.clearDataForOrigin", {
    origin: system.web,
    storageTypes: "cache_storage,service_workers,indexeddb",
  });
  if (isSlow) await slowDown(page);
  page.setDefaultTimeout(60_000);
  await page.goto(`/chat/${large.id}`);
  await visitor.messages.locator("[data-message-id]").last().waitFor();
  const box = visitor.composer("large");
  await box.click();
  await box.pressSequentially("Reading on", { delay: 40 });
  await box.fill("");
  await page.getByRole("link", { name: new RegExp(`^${String(small[0]?.name)}`) }).click();
  await visitor.composer(String(small[0]?.name)).waitFor();
  await visitor.messages.locator("[data-message-id]").last().click();
  await page.getByRole("button", { name: "Members" }).click();
  await page.getByRole("complementary", { name: "Members" }).waitFor();
  await page.waitForTimeout(500);
  const vitals = await vitalsOf(page);
  await visitor.leave();
  return vitals;
}

/** The tables of docs/performance.md: one channel of so many messages, medians of rounds. */
export async function benchReading(messages: number, rounds: number): Promise<string> {
  const system = await System.start();
  const browser = await launchBrowser();
  try {
    const workspace = await createLargeWorkspace(system, messages);
    const read: Measured[] = [];
    const vitals: Record<"fast" | "slow", Vitals[]> = { fast: [], slow: [] };
    for (let round = 0; round < rounds; round++) {
      read.push(await measureReading(browser, system, workspace));
      vitals.fast.push(await measureVitals(browser, system, workspace, false));
      vitals.slow.push(await measureVitals(browser, system, workspace, true));
    }
    const of = (pick: (one: Measured) => number, digits = 1) => median(read.map(pick)).toFixed(digits);
    const reading = markdownTable(
      ["messages", "rows in the DOM", "messages seen", "frame p50 ms", "p95", "p99", "heap MB", "switch p50 ms", "p95"],
      [
        [
          messages.toLocaleString("en"),
          of((one) => one.rows, 0),
          of((one) => one.seen, 0),
          of((one) => one.frameP50),
          of((one) => one.frameP95),
          of((one) => one.frameP99),
          of((one) => one.heapMb),
          of((one) => one.switchP50),
          of((one) => one.switchP95),
        ],
      ],
    );
    const row = (name: string, all: Vitals[]) => [
      name,
      median(all.map(({ LCP }) => LCP)).toFixed(0),
      median(all.map(({ INP }) => INP)).toFixed(0),
      median(all.map(({ CLS }) => CLS)).toFixed(3),
    ];
    const core = markdownTable(
      ["first visit of a conversation", "LCP ms", "INP ms", "CLS"],
      [row("this machine", vitals.fast), row("processor a quarter as fast, 1.6 Mbit/s, 150 ms", vitals.slow)],
    );
    return `${reading}\n\n${core}`;
  } finally {
    await browser.close();
    await system.stop();
  }
}

/// <reference lib="dom" />
import type { CDPSession, Page } from "playwright-core";

/** What scrolling cost, as its reader would feel it. */
export interface Scrolling {
  /** Milliseconds from each frame to the next. */
  readonly frames: number[];
  /** The most message rows that the document held at a time. */
  readonly rows: number;
  /** Different messages that came by. */
  readonly seen: number;
}

/**
 * Scrolls the message list up, so many pixels a frame, until enough frames have passed. Where the list ends it waits for the
 * next page: that is scrolling too.
 */
export const scrollUp = (page: Page, { frames, pixels }: { frames: number; pixels: number }): Promise<Scrolling> =>
  page.evaluate(
    async ({ count, step }) => {
      const log = document.querySelector('[role="log"]');
      if (!log) throw new Error("There is no message list.");
      const seen = new Set<string>();
      const times: number[] = [];
      let rows = 0;
      let last = await new Promise<number>(requestAnimationFrame);
      while (times.length < count) {
        log.scrollTop -= step;
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - last);
        last = now;
        const shown = log.querySelectorAll("[data-message-id]");
        rows = Math.max(rows, shown.length);
        for (const row of shown) seen.add(row.getAttribute("data-message-id") ?? "");
      }
      return { frames: times, rows, seen: seen.size };
    },
    { count: frames, step: pixels },
  );

/** Bytes of JavaScript that are alive after a collection. */
export async function heapOf(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize;
}

/** Milliseconds from asking for another conversation until its messages are painted. */
export async function switchTo(page: Page, link: string, label: string): Promise<number> {
  const sidebar = page.getByRole("navigation", { name: "Channels and messages" });
  const handle = await sidebar.getByRole("link", { name: new RegExp(`^${link}`) }).elementHandle();
  if (!handle) throw new Error(`There is no link to ${link}.`);
  return page.evaluate(
    async ({ element, name }) => {
      const begun = performance.now();
      (element as HTMLElement).click();
      const messages = `section[aria-label="${name}"] [role="log"] [data-message-id]`;
      while (!document.querySelector(messages)) await new Promise(requestAnimationFrame);
      // Painted: after the frame in which it stands.
      await new Promise(requestAnimationFrame);
      return performance.now() - begun;
    },
    { element: handle, name: label },
  );
}

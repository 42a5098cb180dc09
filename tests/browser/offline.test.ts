/// <reference lib="dom" />
import { routes } from "@connectbest/contract";
import type { Browser } from "playwright-core";
import { launchBrowser, Visitor } from "../src/browser";
import { choose } from "../src/messages";
import { Person } from "../src/rest-client";
import { System, until } from "../src/system";

let system: System;
let browser: Browser;
let ada: Person;
let bob: Person;
let visitor: Visitor;
let launchId: string;

beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
  [ada, bob] = [await Person.signUp(system, "Ada"), await Person.signUp(system, "Bob")];
  launchId = (await ada.createChannel("launch", [bob])).id;
  for (let i = 0; i < 30; i++) await bob.post(launchId, `Note ${i}`);
  await bob.post((await ada.createChannel("quiet", [bob])).id, "Read here too");
  visitor = await Visitor.arrive(browser, system);
  await visitor.signIn(ada.email, ada.password);
}, 120_000);
afterEach(async () => visitor.photograph(expect.getState().currentTestName?.replace(/\W+/g, "-") ?? "offline"));
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** What is kept on this device: the page, and for how many places their messages. */
const kept = () =>
  visitor.page.evaluate(async () => {
    const shell = await caches.match("/chat", { cacheName: "connectbest-shell-1" });
    const files = (await (await caches.open("connectbest-assets-1")).keys()).length;
    const rooms = await new Promise<number>((resolve) => {
      const opening = indexedDB.open("connectbest");
      opening.onsuccess = () => {
        const database = opening.result;
        if (!database.objectStoreNames.contains("snapshots")) return resolve(0);
        const reading = database.transaction("snapshots").objectStore("snapshots").getAll();
        reading.onsuccess = () => {
          const [snapshot] = reading.result as { rooms: object }[];
          database.close();
          resolve(snapshot ? Object.keys(snapshot.rooms).length : 0);
        };
      };
    });
    return { hasShell: shell !== undefined, files, rooms };
  });

const nothingIsKept = () =>
  until("what was kept is gone", async () => {
    const { hasShell, rooms } = await kept();
    return !hasShell && rooms === 0;
  });

describe("without a network", () => {
  it("what was read is kept on the device", async () => {
    await visitor.openChannel("quiet");
    await visitor.message("Read here too").waitFor();
    await visitor.openChannel("launch");
    await visitor.message("Note 29").waitFor();
    await visitor.page.evaluate(() => navigator.serviceWorker.ready);
    // The files of the first page were loaded before there was anybody to keep them: the second visit keeps them all.
    await visitor.page.reload();
    await visitor.message("Note 29").waitFor();
    await visitor.openChannel("quiet");
    await visitor.message("Read here too").waitFor();
    await visitor.openChannel("launch");
    await visitor.message("Note 29").waitFor();
    // Leaving the page, which is when it is written down at the latest.
    await visitor.page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
    await until("the page and its messages are kept", async () => {
      const { hasShell, files, rooms } = await kept();
      return hasShell && files > 10 && rooms >= 2;
    });
  }, 60_000);

  it("the page says so, and goes on reading and writing", async () => {
    await visitor.context.setOffline(true);
    await visitor.page.getByRole("alert").filter({ hasText: "You are offline" }).waitFor();
    await visitor.send("launch", "Written under a bridge");
    await visitor.message("Written under a bridge").waitFor();
    await visitor.openChannel("quiet");
    await visitor.message("Read here too").waitFor();
    expect(await visitor.message("Read here too").count()).toBe(1);
  }, 60_000);

  it("it opens anew, at the address that was asked for, and still holds what waits to be sent", async () => {
    await visitor.page.goto(`/chat/${launchId}`);
    await visitor.message("Note 29").waitFor();
    expect(new URL(visitor.page.url()).pathname).toBe(`/chat/${launchId}`);
    await visitor.messages.locator("[data-state=sending]", { hasText: "Written under a bridge" }).waitFor();
    await visitor.openChannel("quiet");
    await visitor.message("Read here too").waitFor();
    await visitor.openChannel("launch");
  }, 60_000);

  it("back in it, all is sent once and what was missed is there", async () => {
    await bob.post(launchId, "Said while you were away");
    await visitor.context.setOffline(false);
    await visitor.message("Said while you were away").waitFor();
    await visitor.messages.locator("[data-state=sent]", { hasText: "Written under a bridge" }).waitFor();
    const sent = (await ada.readAll(launchId)).filter(({ content }) => content === "Written under a bridge");
    expect(sent).toHaveLength(1);
    expect(await visitor.messages.getByText("Note", { exact: false }).count()).toBeGreaterThan(5);
  }, 60_000);

  it("after a long absence the kept stretch joins the new one without a hole", async () => {
    await visitor.page.goto("about:blank");
    for (let i = 30; i < 70; i++) await bob.post(launchId, `Note ${i}`);
    await visitor.page.goto(`/chat/${launchId}`);
    await visitor.message("Note 69").waitFor();
    await visitor.messages.hover();
    const seen = new Set<string>();
    await until("every note has come by", async () => {
      for (const text of await visitor.messages.getByText(/^Note \d+$/).allTextContents()) seen.add(text);
      await visitor.page.mouse.wheel(0, -400);
      return seen.size === 70;
    });
  }, 60_000);

  it("a session that ended while no page was open leaves nothing", async () => {
    await visitor.page.goto("about:blank");
    const session = (await visitor.context.cookies()).filter(({ name }) => name.includes("session-token"));
    expect(session.length).toBeGreaterThan(0);
    for (const { name } of session) await visitor.context.clearCookies({ name });
    await visitor.page.goto("/chat");
    await visitor.page.waitForURL(/\/login/);
    await nothingIsKept();
    await visitor.signIn(ada.email, ada.password);
    await visitor.openChannel("launch");
    await visitor.message("Note 69").waitFor();
    await until("it is kept again", async () => (await kept()).hasShell);
  }, 60_000);

  it("whoever signs out leaves nothing, and what was deleted a moment before is deleted", async () => {
    const { id } = await ada.post(launchId, "Said too soon");
    const message = visitor.message("Said too soon");
    await choose(message, "Delete");
    await message.waitFor({ state: "detached" });
    await visitor.page.getByRole("button", { name: "Account menu" }).click();
    await visitor.page.getByRole("menuitem", { name: "Sign out" }).click();
    await visitor.page.waitForURL(/\/login/);
    await nothingIsKept();
    const { message: deleted } = await bob.rest.call(routes.getMessage, { params: { id } });
    expect(deleted.isDeleted).toBe(true);
    expect(visitor.complaints).toEqual([]);
  }, 60_000);
});

describe("as an app", () => {
  it("it can be installed: its manifest names icons that are there, and opens the chat", async () => {
    const html = await (await fetch(`${system.web}/login`)).text();
    const page = await Visitor.arrive(browser, system);
    await page.signIn(ada.email, ada.password);
    const href = await page.page.locator('link[rel="manifest"]').getAttribute("href");
    expect(href).toBe("/manifest.webmanifest");
    expect(html).not.toBe("");
    const manifest = (await (await fetch(system.web + String(href))).json()) as {
      start_url: string;
      display: string;
      icons: { src: string; type: string; sizes: string; purpose?: string }[];
    };
    expect(manifest).toMatchObject({ start_url: "/chat", display: "standalone" });
    for (const { src, type } of manifest.icons) {
      const icon = await fetch(system.web + src);
      expect([src, icon.status, icon.headers.get("content-type")]).toEqual([src, 200, type]);
    }
    expect(manifest.icons.some(({ purpose }) => purpose === "maskable")).toBe(true);
    await page.leave();
  }, 60_000);

  it("the service worker may call nobody but this site, and is asked for anew each time", async () => {
    const { headers, status } = await fetch(`${system.web}/service-worker.js`);
    expect(status).toBe(200);
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; connect-src 'self'");
    expect(headers.get("cache-control")).toMatch(/no-cache/);
  });
});

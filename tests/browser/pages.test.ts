import type { Browser } from "playwright-core";
import { seriousViolations } from "../src/accessibility";
import { launchBrowser, Visitor } from "../src/browser";
import { System } from "../src/system";

let system: System;
let browser: Browser;

const [email, password] = ["ada@example.com", "correct horse battery"];
const visitorPages = [
  "/login",
  "/login?error=Callback",
  "/register",
  "/forgot-password",
  "/reset-password",
  "/verify-email",
  "/unsubscribe",
];
const memberPages = ["/settings/profile", "/settings/security", "/settings/workspace", "/chat"];

beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
  const ada = await Visitor.arrive(browser, system);
  await ada.register("Ada Lovelace", email, password);
  await ada.leave();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe.each(["light", "dark"] as const)("in the %s theme", (colorScheme) => {
  it("every page of strangers and members serves everybody, and keeps its own security policy", async () => {
    const visitor = await Visitor.arrive(browser, system, { colorScheme });
    const faults: string[] = [];
    const look = async (path: string) => {
      await visitor.page.goto(path);
      await visitor.page.waitForLoadState("networkidle");
      // Colours on their way from one to another have no contrast of their own.
      await visitor.page.waitForTimeout(250);
      if (path !== "/chat") faults.push(...(await seriousViolations(visitor.page)).map((fault) => `${path}: ${fault}`));
    };
    for (const path of visitorPages) await look(path);
    await visitor.signIn(email, password);
    for (const path of memberPages) await look(path);
    expect(faults).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  }, 90_000);
});

describe("every HTML answer", () => {
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(system.web + path, { headers, redirect: "manual" });

  it.each(["/login", "/register", "/chat", "/chat/nonsense", "/nowhere", "/%", "/_next/nowhere", "/verify-email"])(
    "%s: allows only what we named, on this site, over https, in no frame",
    async (path) => {
      const { headers } = await ask(path);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic';/);
      expect(policy).not.toMatch(/unsafe/);
      for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
        expect(policy).toContain(rule);
      expect(headers.get("strict-transport-security")).toMatch(/max-age=31536000/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      expect(headers.get("cache-control")).toContain("no-store");
      expect(headers.get("x-powered-by")).toBeNull();
      const isMailed = path === "/verify-email";
      expect(headers.get("referrer-policy")).toBe(isMailed ? "no-referrer" : "strict-origin-when-cross-origin");
    },
  );

  it("has a nonce of its own, and gives it to its scripts", async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const html = await (await ask("/login")).text();
        const found = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => /nonce="([^"]+)"/.exec(tag)?.[1]);
        expect(new Set(found).size).toBe(1);
        return found[0];
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it.each([
    ["a junk cookie", { cookie: "next-auth.session-token=junk" }],
    ["a header of Next's own", { "x-middleware-subrequest": "src/proxy:src/proxy:src/proxy:src/proxy:src/proxy" }],
  ])("of a member's page leads to the sign-in page, whatever %s says", async (_, headers) => {
    for (const path of ["/chat", "/settings/security"]) {
      const response = await ask(path, headers);
      expect([response.status, response.headers.get("location")?.replace(/\?.*/, "")]).toEqual([307, "/login"]);
      expect(response.headers.get("content-security-policy")).toContain("nonce-");
    }
  });

  it("offers no Google where there are no keys for it", async () => {
    // The page's scripts carry every sentence that it could say.
    const shown = (await (await ask("/login")).text()).replace(/<script\b[\s\S]*?<\/script>/g, "");
    expect(shown).toContain("Forgot your password?");
    expect(shown).not.toContain("Continue with Google");
    expect(Object.keys((await (await ask("/api/auth/providers")).json()) as object)).not.toContain("google");
  });

  it("leaves files to be kept for a year", async () => {
    const html = await (await ask("/login")).text();
    const script = /src="(\/_next\/static\/chunks\/[^"]+)"/.exec(html)?.[1] ?? "";
    expect((await ask(script)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });
});

import type { Browser } from "playwright-core";
import { seriousViolations } from "../src/accessibility";
import { codeOf } from "../src/authenticator";
import { launchBrowser, Visitor } from "../src/browser";
import { OpenIdProvider } from "../src/openid-provider";
import { System } from "../src/system";

let system: System;
let provider: OpenIdProvider;
let browser: Browser;
let grace: Visitor;

const person = { email: "grace@example.com", email_verified: true, name: "Grace Hopper" };

beforeAll(async () => {
  provider = await OpenIdProvider.prepare();
  system = await System.prepare(provider.environment);
  [browser] = await Promise.all([launchBrowser(), provider.start(system.web), system.start()]);
  grace = await Visitor.arrive(browser, system);
}, 120_000);
afterEach(async () => {
  await grace.photograph(expect.getState().currentTestName?.replace(/\W+/g, "-") ?? "unnamed");
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
  provider?.stop();
});

async function continueWithGoogle({ page }: Visitor, path = "/login"): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name: "Continue with Google" }).click();
}

describe("signing in with Google", () => {
  it("makes the account at first, and leads where one wanted to be", async () => {
    await provider.expect(person);
    await continueWithGoogle(grace, "/login?callbackUrl=%2Fsettings%2Fprofile");
    await grace.page.waitForURL(/\/settings\/profile$/);
    expect(await grace.page.getByLabel("Name", { exact: true }).inputValue()).toBe("Grace Hopper");
  }, 60_000);

  it("asks for the second factor of an account that has one", async () => {
    const { page } = grace;
    await page.goto("/settings/security");
    await page.getByRole("button", { name: "Set up two-factor sign-in" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    const key = await page.getByLabel("Key", { exact: true }).innerText();
    await page.getByLabel("Six-digit code").fill(codeOf(key));
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByRole("button", { name: "I have kept them" }).click();

    const elsewhere = await Visitor.arrive(browser, system);
    await continueWithGoogle(elsewhere, "/login?callbackUrl=%2Fsettings%2Fsecurity");
    await elsewhere.page.waitForURL(/\/two-factor$/);
    await elsewhere.page.goto("/chat");
    await elsewhere.page.waitForURL(/\/login/);
    for (const colorScheme of ["dark", "light"] as const) {
      await elsewhere.page.emulateMedia({ colorScheme });
      await elsewhere.page.goto("/two-factor");
      expect(await seriousViolations(elsewhere.page)).toEqual([]);
    }
    await elsewhere.page.getByLabel("Six-digit code").fill("111222");
    await elsewhere.page.getByRole("button", { name: "Continue" }).click();
    await elsewhere.page.getByText("That code is not right").waitFor();
    await elsewhere.page.getByLabel("Six-digit code").fill(codeOf(key, 1));
    await elsewhere.page.getByRole("button", { name: "Continue" }).click();
    await elsewhere.page.waitForURL(/\/settings\/security$/);
    expect(elsewhere.complaints).toEqual([]);
    await elsewhere.leave();
  }, 60_000);

  it("says in words that an address without confirmation is not taken", async () => {
    const stranger = await Visitor.arrive(browser, system);
    await provider.expect({ email: "somebody@example.com", email_verified: false, name: "Somebody" });
    await continueWithGoogle(stranger);
    await stranger.page.waitForURL(/\/login\?error=google/);
    await stranger.page.getByText("Google's answer could not be confirmed").waitFor();
    await stranger.page.goto("/two-factor");
    await stranger.page.waitForURL(/\/login/);
    await stranger.leave();
  }, 60_000);

  it("leaves no page with an error of its own", () => {
    expect(grace.complaints).toEqual([]);
  });
});

import { routes } from "@connectbest/contract";
import type { Browser } from "playwright-core";
import { codeOf } from "../src/authenticator";
import { launchBrowser, Visitor } from "../src/browser";
import { subjects } from "../src/mail";
import { Person } from "../src/rest-client";
import { System } from "../src/system";

let system: System;
let browser: Browser;
/** The first to register, so the administrator. */
let ada: Visitor;
let bob: Visitor;
let backupCodes: string[];
let adasKey: string;

const password = "correct horse battery";
const newPassword = "a much better stapler";
const adasEmail = "ada@example.com";

beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
  ada = await Visitor.arrive(browser, system);
  bob = await Visitor.arrive(browser, system);
}, 120_000);
afterEach(async () => {
  const name = expect.getState().currentTestName?.replace(/\W+/g, "-") ?? "unnamed";
  for (const [who, visitor] of Object.entries({ ada, bob })) await visitor.photograph(`${name}-${who}`);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** What a page says has gone wrong; Next's own announcer of page titles has the same role. */
const alertOf = (visitor: Visitor) => visitor.page.locator("[role=alert]:not(#__next-route-announcer__)");

describe("an account", () => {
  it("is asked for with the keyboard alone, and not with a password that everybody tries first", async () => {
    const { page } = ada;
    await page.goto("/register");
    await page.getByLabel("Name", { exact: true }).waitFor();
    await page.keyboard.type("Ada Lovelace");
    await page.keyboard.press("Tab");
    await page.keyboard.type(adasEmail);
    await page.keyboard.press("Tab");
    await page.keyboard.type("password123");
    await page.keyboard.press("Enter");
    await page.locator("input[name=password][aria-invalid=true]:focus").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    await page.getByText(adasEmail).waitFor();
  }, 60_000);

  it("lets nobody in before its link is opened, and mails it again", async () => {
    await ada.sendPassword(adasEmail, password);
    await alertOf(ada).filter({ hasText: "not confirmed" }).waitFor();
    await ada.page.getByRole("button", { name: "Send the link again" }).click();
    await ada.page.getByText("Sent.").waitFor();
    await system.inbox.waitFor(adasEmail, subjects.confirm, 2);
  }, 60_000);

  it("begins with the newest link, which works once and leaves no trace in the address", async () => {
    const link = await system.inbox.linkTo(adasEmail, subjects.confirm, 2);
    await ada.page.goto(link);
    const confirm = async ({ page }: Visitor, chosen: string) => {
      await page.getByLabel("Password", { exact: true }).fill(chosen);
      await page.getByRole("button", { name: "Confirm and sign in" }).click();
    };
    await confirm(ada, "not what I chose");
    await alertOf(ada).filter({ hasText: "not the password" }).waitFor();
    expect(ada.page.url()).toBe(`${system.web}/verify-email`);
    await confirm(ada, password);
    await ada.page.waitForURL(/\/chat/);
    await bob.page.goto(link);
    await confirm(bob, password);
    await bob.page.getByRole("heading", { name: "This link does not work" }).waitFor();
    await ada.page.getByRole("button", { name: "Account" }).click();
    await ada.page.getByRole("menuitem", { name: "Sign out" }).click();
    await ada.page.waitForURL(/\/login/);
  }, 60_000);

  it("signs in and writes its first message", async () => {
    await ada.signIn(adasEmail, password);
    await ada.openChannel("general");
    await ada.send("general", "Hello, everybody");
    await ada.page.locator("[data-state=sent]", { hasText: "Hello, everybody" }).waitFor();
  }, 60_000);

  it("gets a new password by mail; the old one and the used link are then worth nothing", async () => {
    const { page } = bob;
    const answers: string[] = [];
    for (const email of ["nobody@example.com", adasEmail]) {
      await page.goto("/forgot-password");
      await page.getByLabel("Email", { exact: true }).fill(email);
      await page.getByRole("button", { name: "Mail me a link" }).click();
      const answer = page.getByRole("status").filter({ hasText: "on its way" });
      answers.push((await answer.innerText()).replace(email, "…"));
    }
    expect(answers[0]).toBe(answers[1]);
    const link = await system.inbox.linkTo(adasEmail, subjects.reset);
    await page.goto(link);
    await page.getByLabel("New password").fill(newPassword);
    await page.getByRole("button", { name: "Set password" }).click();
    await page.waitForURL(/\/login\?reason=password_reset$/);
    await bob.sendPassword(adasEmail, password);
    await alertOf(bob).filter({ hasText: "do not belong together" }).waitFor();
    await page.goto(link);
    await page.getByLabel("New password").fill("yet another stapler");
    await page.getByRole("button", { name: "Set password" }).click();
    await alertOf(bob).getByRole("link", { name: "Ask for a new link" }).waitFor();
    // Wherever Ada was signed in, she is no longer.
    await ada.page.waitForURL(/\/login\?reason=session_ended/);
    await ada.signIn(adasEmail, newPassword);
  }, 90_000);
});

describe("a second factor", () => {
  it("is set up with the keyboard alone", async () => {
    const { page } = ada;
    await page.goto("/settings/security");
    await page.getByRole("button", { name: "Set up two-factor sign-in" }).waitFor();
    await tabTo(ada, "Set up two-factor sign-in");
    await page.keyboard.press("Enter");
    await page.getByLabel("Your password").waitFor();
    await page.keyboard.type(newPassword);
    await page.keyboard.press("Enter");
    await page.getByRole("img", { name: "QR code" }).waitFor();
    adasKey = await page.getByLabel("Key", { exact: true }).innerText();
    await page.keyboard.type("000000");
    await page.keyboard.press("Enter");
    await page.locator("input[name=code][aria-invalid=true]").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(codeOf(adasKey));
    await page.keyboard.press("Enter");
    await page.getByText("Keep these ten backup codes").waitFor();
    backupCodes = await page.getByRole("list", { name: "Backup codes" }).getByRole("listitem").allInnerTexts();
    expect(backupCodes).toHaveLength(10);
    await tabTo(ada, "I have kept them");
    await page.keyboard.press("Enter");
    await page.getByText("10 backup codes left.").waitFor();
  }, 60_000);

  it("is asked for at sign-in, where a wrong code does not cost the password", async () => {
    const { page } = bob;
    await bob.sendPassword(adasEmail, newPassword);
    await page.getByLabel("Six-digit code").fill("123123");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("That code is not right").waitFor();
    await page.getByLabel("Six-digit code").fill(codeOf(adasKey, 1));
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForURL(/\/chat/);
  }, 60_000);

  it("may be a backup code, once", async () => {
    const third = await Visitor.arrive(browser, system);
    const useBackupCode = async () => {
      await third.sendPassword(adasEmail, newPassword);
      await third.page.getByRole("button", { name: "Use a backup code instead" }).click();
      await third.page.getByLabel("Backup code").fill(backupCodes[0] ?? "");
      await third.page.getByRole("button", { name: "Continue" }).click();
    };
    await useBackupCode();
    await third.page.waitForURL(/\/chat/);
    await third.context.clearCookies();
    await useBackupCode();
    await third.page.getByText("That code is not right, or was used already").waitFor();
    await third.leave();
  }, 60_000);
});

describe("a session", () => {
  it("is ended from another browser, and its page goes to the sign-in page by itself", async () => {
    const sessions = ada.page.getByRole("region", { name: "Where you are signed in" }).getByRole("listitem");
    await bob.openChannel("general");
    await ada.page.goto("/settings/security");
    await sessions.filter({ hasText: "this device" }).waitFor();
    const others = sessions.getByRole("button", { name: /^Sign out / });
    const count = await others.count();
    expect(count).toBeGreaterThan(0);
    for (let left = count; left > 0; left--) {
      await others.first().click();
      await sessions.nth(left).waitFor({ state: "detached" });
    }
    await bob.page.waitForURL(/\/login\?reason=session_ended/);
  }, 60_000);

  it("is ended with all others at once", async () => {
    const program = await Person.signIn(system.api, adasEmail, newPassword, backupCodes[5]);
    const sessions = ada.page.getByRole("region", { name: "Where you are signed in" }).getByRole("listitem");
    await ada.page.goto("/settings/security");
    await sessions.nth(1).waitFor();
    await ada.page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await sessions.nth(1).waitFor({ state: "detached" });
    expect(await sessions.count()).toBe(1);
    expect((await program.rest.send(routes.me)).status).toBe(401);
  }, 60_000);
});

describe("a profile", () => {
  it("shows in the chat as soon as it is changed", async () => {
    const { page } = ada;
    await page.goto("/chat");
    await page.getByRole("button", { name: "Account menu" }).click();
    await page.getByRole("menuitem", { name: "Settings" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Ada King");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await page
      .getByLabel("Choose a picture")
      .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: aPicture });
    await page.getByRole("button", { name: "Change picture" }).waitFor();
    await page.getByRole("link", { name: "Back to chat" }).click();
    await page.locator("[aria-label='Account menu'] img").waitFor();
    await page.evaluate("document.querySelector(`[aria-label='Account menu'] img`).decode()");
    await page.getByRole("button", { name: "Account menu" }).click();
    await page.getByRole("menu").getByText("Ada King").waitFor();
  }, 60_000);

  it("is handed out as a file", async () => {
    await ada.page.goto("/settings/profile");
    const [download] = await Promise.all([
      ada.page.waitForEvent("download"),
      ada.page.getByRole("link", { name: "Export my data" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.zip$/);
  }, 60_000);

  it("gets another address by a link that goes there", async () => {
    const { page } = ada;
    await page.getByLabel("New email").fill("ada.king@example.com");
    await page.getByLabel("Current password").fill("not mine");
    await page.getByRole("button", { name: "Change email" }).click();
    await page.locator("input[name=currentPassword][aria-invalid=true]").waitFor();
    await page.getByLabel("Current password").fill(newPassword);
    await page.getByRole("button", { name: "Change email" }).click();
    await page.getByText("A link went to").waitFor();
    await page.goto(await system.inbox.linkTo("ada.king@example.com", subjects.change));
    await page.getByText("From now on you sign in with ada.king@example.com").waitFor();
  }, 60_000);

  it("makes a token that is shown once", async () => {
    const { page } = ada;
    await page.goto("/settings/security");
    await page.getByRole("button", { name: "Create token" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("robot");
    await page.getByRole("dialog").getByRole("button", { name: "Create token" }).click();
    const secret = await page.getByLabel("Token", { exact: true }).innerText();
    const answer = await fetch(`${system.web}/api/auth/me`, { headers: { authorization: `Bearer ${secret}` } });
    expect(answer.status).toBe(200);
    await page.getByRole("button", { name: "I have copied it" }).click();
    await page.getByRole("button", { name: "Revoke robot" }).click();
    await page.getByText("You have none.").waitFor();
    const later = await fetch(`${system.web}/api/auth/me`, { headers: { authorization: `Bearer ${secret}` } });
    expect(later.status).toBe(401);
  }, 60_000);
});

describe("a workspace that demands a second factor", () => {
  it("leads everybody without one to its set-up, and lets them in afterwards", async () => {
    await bob.register("Bob Stone", "bob@example.com", password);
    await bob.openChannel("general");
    await ada.page.goto("/settings/workspace");
    await ada.page.getByRole("switch", { name: /Require two-factor/ }).click();
    await ada.page.locator("[role=switch][aria-checked=true]").waitFor();
    // Who came in without one is out at once; by the password one gets as far as the set-up.
    await bob.page.waitForURL(/\/login\?reason=session_ended/);
    await bob.sendPassword("bob@example.com", password);
    await bob.page.waitForURL(/\/settings\/security\?setup=required/);
    await bob.page.getByText("Your workspace asks everybody").waitFor();
    await bob.page.getByRole("button", { name: "Set up two-factor sign-in" }).click();
    await bob.page.getByLabel("Your password").fill(password);
    await bob.page.getByRole("button", { name: "Continue" }).click();
    const key = await bob.page.getByLabel("Key", { exact: true }).innerText();
    await bob.page.getByLabel("Six-digit code").fill(codeOf(key));
    await bob.page.getByRole("button", { name: "Turn on" }).click();
    await bob.page.getByRole("button", { name: "I have kept them" }).click();
    await bob.page.getByRole("link", { name: "Continue to the chat" }).click();
    await bob.openChannel("general");
  }, 60_000);

  it("lets its members go, for good", async () => {
    const { page } = bob;
    await page.goto("/settings/profile");
    await page.getByRole("button", { name: "Delete my account" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Your password").fill(password);
    await dialog.getByLabel(/Type/).fill("delete");
    await dialog.getByRole("button", { name: "Delete my account" }).click();
    await page.waitForURL(/\/login\?reason=account_deleted/);
    await bob.sendPassword("bob@example.com", password);
    await alertOf(bob).filter({ hasText: "do not belong together" }).waitFor();
  }, 60_000);

  it("leaves no page with an error of its own", () => {
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });
});

/** Presses Tab until the control with this name has the focus. */
async function tabTo({ page }: Visitor, name: string): Promise<void> {
  const wanted = page.locator("a:focus, button:focus", { hasText: name });
  for (let presses = 0; presses < 40; presses++) {
    if ((await wanted.count()) > 0) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`No Tab leads to "${name}".`);
}

/** A PNG of one pixel. */
const aPicture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

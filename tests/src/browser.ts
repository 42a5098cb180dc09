import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { subjects } from "./mail";
import { root, type System } from "./system";

const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** @throws when there is no Chromium on this machine */
export function launchBrowser(): Promise<Browser> {
  const executablePath = [process.env["CHROMIUM_PATH"], ...known].find((file) => file && existsSync(file));
  if (!executablePath)
    throw new Error("No Chromium found. Install it (apt-get install chromium) or set CHROMIUM_PATH.");
  return chromium.launch({
    executablePath,
    args: ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
  });
}

type Place = Pick<System, "web" | "inbox">;

/** A person's browser: a context of its own, and what its pages complained of. */
export class Visitor {
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly system: Place,
  ) {
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) this.complaints.push(message.text());
    });
  }

  static async arrive(
    browser: Browser,
    system: Place,
    options: { width?: number; height?: number; colorScheme?: "light" | "dark" } = {},
  ): Promise<Visitor> {
    const { width = 1440, height = 900, colorScheme = "light" } = options;
    const context = await browser.newContext({ baseURL: system.web, viewport: { width, height }, colorScheme });
    return new Visitor(context, await context.newPage(), system);
  }

  /** Asks for an account, opens the mailed link, and is in. */
  async register(name: string, email: string, password: string): Promise<void> {
    await this.page.goto("/register");
    await this.page.getByLabel("Name", { exact: true }).fill(name);
    await this.page.getByLabel("Email", { exact: true }).fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Create account" }).click();
    await this.page.getByRole("heading", { name: "Check your mail" }).waitFor();
    await this.page.goto(await this.system.inbox.linkTo(email, subjects.confirm));
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Confirm and sign in" }).click();
    await this.page.waitForURL(/\/chat/);
  }

  /** Sends the password; what comes then is the caller's to await. */
  async sendPassword(email: string, password: string): Promise<void> {
    await this.page.goto("/login");
    await this.page.getByLabel("Email", { exact: true }).fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.sendPassword(email, password);
    await this.page.waitForURL(/\/chat/);
  }

  async openChannel(name: string): Promise<void> {
    const sidebar = this.page.getByRole("navigation", { name: "Channels and messages" });
    await sidebar.getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await this.composer(name).waitFor();
  }

  /** The box in which one writes to a channel. */
  composer(name: string) {
    return this.page.getByRole("textbox", { name: `Message #${name}` });
  }

  async send(channel: string, text: string): Promise<void> {
    await this.composer(channel).fill(text);
    await this.composer(channel).press("Enter");
  }

  get messages() {
    return this.page.getByRole("log", { name: "Messages" });
  }

  /** The messages that show this text. */
  message(text: string) {
    return this.messages.locator("[data-message-id]", { hasText: text });
  }

  get connection() {
    return this.page.getByRole("status", { name: "Connection" });
  }

  /** Keeps a picture for whoever looks into a failure. */
  async photograph(name: string): Promise<void> {
    const folder = path.join(root, ".cache", "pictures");
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser, Visitor } from "../src/browser";
import { root, System } from "../src/system";

const widths = [390, 1024, 1440];
const themes = ["light", "dark"] as const;
const folder = path.resolve(process.argv[2] ?? path.join(root, ".cache", "screenshots"));

/** What is worth looking at, and how a person gets there. */
const scenes: Record<string, (page: Page) => Promise<void>> = {
  chat: async (page) => {
    await page.goto("/chat");
    if ((page.viewportSize()?.width ?? 0) < 720) return;
    await page.getByRole("link", { name: /^launch/ }).click();
    await page.getByRole("textbox", { name: "Message #launch" }).waitFor();
  },
  conversation: async (page) => {
    await page.goto("/chat");
    await page.getByRole("link", { name: /^launch/ }).click();
    await page.getByRole("textbox", { name: "Message #launch" }).waitFor();
  },
  members: async (page) => {
    await page.getByRole("button", { name: "Members" }).click();
  },
  browse: async (page) => {
    await page.goto("/chat");
    await page.getByRole("button", { name: "Browse channels" }).click();
  },
  profile: async (page) => {
    await page.goto("/settings/profile");
  },
  security: async (page) => {
    await page.goto("/settings/security");
  },
  create: async (page) => {
    await page.goto("/chat");
    await page.getByRole("button", { name: "Create channel" }).click();
    await page.getByLabel("Name", { exact: true }).fill("launch");
    await page.getByRole("button", { name: "Create", exact: true }).click();
  },
};

async function photograph(browser: Browser, system: System, password: string): Promise<void> {
  for (const theme of themes)
    for (const width of widths) {
      const visitor = await Visitor.arrive(browser, system, { width, height: width < 720 ? 844 : 900 });
      const { page } = visitor;
      await page.emulateMedia({ colorScheme: theme });
      const take = async (name: string) => {
        await page.waitForTimeout(700);
        await page.screenshot({ path: path.join(folder, `${name}-${width}-${theme}.png`) });
      };
      for (const name of ["login", "register", "forgot-password", "reset-password"]) {
        await page.goto(`/${name}`);
        await take(name);
      }
      await visitor.signIn("mira@demo.example", password);
      for (const [name, go] of Object.entries(scenes)) {
        await go(page).catch((error: unknown) => process.stderr.write(`${name} at ${width}: ${String(error)}\n`));
        await take(name);
      }
      await visitor.leave();
    }
}

/** `npm run screenshots [folder]`: every page in both themes at three widths, on the demo workspace. */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const system = await System.start();
  const browser = await launchBrowser();
  try {
    const seed = spawnSync(process.execPath, [path.join(root, "local/dist/seed.js")], {
      encoding: "utf8",
      env: { ...process.env, ...system.environment },
    });
    const password = /password (\S+)/.exec(seed.stdout)?.[1];
    if (!password) throw new Error(`Seeding failed: ${seed.stderr}`);
    await photograph(browser, system, password);
    process.stdout.write(`${folder}\n`);
  } finally {
    await browser.close();
    await system.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser, Visitor } from "../src/browser";
import { root, System } from "../src/system";

const widths = [390, 1024, 1440];
const themes = ["light", "dark"] as const;
const folder = path.resolve(process.argv[2] ?? path.join(root, ".cache", "screenshots"));

/** Pages that everybody may open, by their address. */
const strangers = ["login", "register", "forgot-password", "reset-password", "verify-email"];

const open = (path: string) => (page: Page) => page.goto(path).then(() => page.waitForLoadState("networkidle"));

const openChannel = (name: string) => async (page: Page) => {
  await page.goto("/chat");
  await page.getByRole("link", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("textbox", { name: `Message #${name}` }).waitFor();
  await page.getByRole("log", { name: "Messages" }).getByRole("article").last().waitFor();
};

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();

/** On a page that stands already: over it, the later closed by Esc. */
const over = (channel: string, act: (page: Page) => Promise<unknown>) => async (page: Page) => {
  await openChannel(channel)(page);
  await act(page);
};

/** What is worth looking at, and how a person gets there. */
const scenes: Record<string, (page: Page) => Promise<unknown>> = {
  home: open("/chat"),
  conversation: openChannel("launch"),
  code: openChannel("engineering"),
  thread: over("launch", (page) =>
    page
      .getByRole("link", { name: /replies/ })
      .or(page.getByRole("button", { name: /replies/ }))
      .first()
      .click(),
  ),
  members: over("launch", press(/^Members/)),
  pins: over("launch", async (page) => {
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Pinned" }).click();
  }),
  about: over("launch", async (page) => {
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "About" }).click();
  }),
  emoji: over("launch", press("Choose an emoji")),
  writing: over("launch", async (page) => {
    await press("Formatting")(page);
    await page
      .getByRole("textbox", { name: "Message #launch" })
      .pressSequentially("**Numbers** are in. @a", { delay: 5 });
    await page.getByRole("listbox").waitFor();
  }),
  search: open("/chat/search?q=pricing"),
  operators: open("/chat/search"),
  activity: open("/chat/activity"),
  threads: open("/chat/threads"),
  saved: open("/chat/saved"),
  drafts: open("/chat/drafts"),
  people: open("/chat/people"),
  person: async (page) => {
    await page.goto("/chat/people");
    await page
      .getByRole("region", { name: "People" })
      .getByRole("link", { name: /^Jonas/ })
      .click();
    await page.getByRole("complementary", { name: "Profile" }).waitFor();
  },
  switcher: over("launch", (page) => page.keyboard.press("Control+k")),
  shortcuts: over("launch", (page) => page.keyboard.press("Control+/")),
  "new-message": async (page) => {
    await page.goto("/chat");
    await press("New message")(page);
  },
  browse: async (page) => {
    await page.goto("/chat");
    await press("Browse channels")(page);
  },
  create: async (page) => {
    await page.goto("/chat");
    await press("Create channel")(page);
    await page.getByLabel("Name", { exact: true }).fill("retrospective");
  },
  status: async (page) => {
    await page.goto("/chat");
    await press("Account menu")(page);
    await page.getByRole("menuitem", { name: "Set status" }).click();
  },
  profile: open("/settings/profile"),
  security: open("/settings/security"),
  workspace: open("/settings/workspace"),
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
      for (const name of strangers) {
        await page.goto(`/${name}`);
        await take(name);
      }
      await visitor.signIn("mira@demo.example", password);
      await page
        .getByRole("button", { name: "Skip" })
        .click({ timeout: 3_000 })
        .catch(() => undefined);
      for (const [name, go] of Object.entries(scenes)) {
        await go(page).catch((error: unknown) => process.stderr.write(`${name} at ${width}: ${String(error)}\n`));
        await take(name);
        // What was begun for one picture does not stand in the next.
        if (name === "writing") await page.getByRole("textbox", { name: "Message #launch" }).fill("");
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

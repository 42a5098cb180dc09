import type { Locator, Page } from "playwright-core";
import type { Visitor } from "./browser";

/** What a person sees and does of messages; `log` is the channel's, or a thread's. */

/** The message that shows this text. */
export const messageIn = (log: Locator, text: string | RegExp): Locator =>
  log.getByRole("article").filter({ hasText: text });

/** The replies of the thread that is open. */
export const repliesOf = (page: Page): Locator => page.getByRole("log", { name: "Replies" });

export const panelOf = (page: Page, name: string): Locator => page.getByRole("complementary", { name });

export const noticeOf = (page: Page, text: string | RegExp): Locator =>
  page.getByRole("region", { name: "Notices" }).getByRole("status").filter({ hasText: text });

/** Points at a message and presses a button beside it. */
export async function press(message: Locator, button: string | RegExp): Promise<void> {
  await message.hover();
  await message.getByRole("toolbar", { name: "Message actions" }).getByRole("button", { name: button }).click();
}

/** Chooses from a message's menu. */
export async function choose(message: Locator, item: string): Promise<void> {
  await press(message, "More actions");
  await message.getByRole("menu", { name: "More actions" }).getByRole("menuitem", { name: item }).click();
}

/** A line of the sidebar, by what its name begins with. */
export const sidebarLink = ({ page }: Visitor, name: string): Locator =>
  page.getByRole("navigation", { name: "Channels and messages" }).getByRole("link", { name: new RegExp(`^${name}`) });

/** Opens a page of the rail. */
export async function openPage({ page }: Visitor, name: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Workspace" })
    .getByRole("link", { name: new RegExp(`^${name}`) })
    .click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Whether all of it is within the window, and nothing over its middle. */
export const isInSight = (element: Locator): Promise<boolean> =>
  element.evaluate((shown) => {
    const { left, top, right, bottom } = shown.getBoundingClientRect();
    const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const fits = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    return fits && above !== null && (shown.contains(above) || above.contains(shown));
  });

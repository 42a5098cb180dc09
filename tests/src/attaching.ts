import type { Locator, Page } from "playwright-core";
import { png } from "./media";

/** A file as a person chooses it. */
export interface Chosen {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const textFile = (name: string, content = name): Chosen => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(content),
});

export const pictureFile = (name: string): Chosen => ({ name, mimeType: "image/png", buffer: png(60, 40) });

/** By the button of the composer; files of this machine by their path. */
export async function attach(page: Page, files: Chosen[] | string[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (await chooser).setFiles(files);
}

/** What stands in the composer of one file, or of all. */
export const cardsOf = (page: Page, name?: string): Locator =>
  page.getByRole("list", { name: "Files" }).getByRole("listitem", name === undefined ? {} : { name });

/** Holds up what is uploaded until it is let go. */
export async function holdUploads(page: Page): Promise<{ letGo(): Promise<void> }> {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  await page.route("**/api/upload", async (route) => {
    await promise;
    // One that was called off meanwhile is no more.
    await route.continue().catch(() => undefined);
  });
  return {
    letGo: async () => {
      resolve();
      await page.unroute("**/api/upload");
    },
  };
}

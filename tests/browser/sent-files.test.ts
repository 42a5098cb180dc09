import { readFileSync } from "node:fs";
import type { Locator } from "playwright-core";
import { attach } from "../src/attaching";
import type { Visitor } from "../src/browser";
import { messageIn, panelOf } from "../src/messages";
import { mp4, png, wav } from "../src/media";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
let bob: Visitor;
beforeAll(async () => {
  work = await Workplace.open();
  ({ ada, bob } = work);
}, 120_000);
afterEach(() => work.photograph());
afterAll(() => work?.close());

/** Ada sends files with a few words; answers the message as Bob sees it. */
async function sent(words: string, files: Record<string, Buffer>): Promise<Locator> {
  const types: Record<string, string> = { png: "image/png", wav: "audio/wav", mp4: "video/mp4" };
  await attach(
    ada.page,
    Object.entries(files).map(([name, buffer]) => ({
      name,
      mimeType: types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
      buffer,
    })),
  );
  await ada.composer("team").fill(words);
  await until("it can be sent", () => ada.page.getByRole("button", { name: "Send", exact: true }).isEnabled());
  await ada.composer("team").press("Enter");
  return messageIn(bob.messages, words);
}

const filesPanel = () => panelOf(bob.page, "Files");

test("the panel of files says so while there are none", async () => {
  await bob.page.getByRole("button", { name: "Files", exact: true }).click();
  await filesPanel().getByText("No files yet").waitFor();
});

describe("pictures", () => {
  it("keep their space while they load: nothing moves", async () => {
    await sent("A wide view", { "wide.png": png(800, 300) });
    await sent("Two of them", { "tall.png": png(100, 400, [220, 38, 38]), "square.png": png(300, 300, [22, 163, 74]) });
    await work.accounts.ada.post(work.channel.id, "Below the pictures");
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await bob.page.route("**/thumbnail", async (route) => {
      await held;
      await route.continue();
    });
    await bob.page.goto(`/chat/${work.channel.id}`);
    await messageIn(bob.messages, "Below the pictures").waitFor();
    const boxes = () =>
      bob.messages.getByRole("article").evaluateAll((all) =>
        all.map((message) => {
          const { top, height } = message.getBoundingClientRect();
          return [Math.round(top), Math.round(height)];
        }),
      );
    const loaded = () =>
      bob.messages
        .getByRole("img")
        .evaluateAll((all) => all.filter((one) => one instanceof HTMLImageElement && one.naturalWidth > 0).length);
    await until("the rows are in their place", async () => (await boxes()).length === 3);
    const before = await boxes();
    expect(await loaded()).toBe(0);
    letGo();
    await until("all three are there", async () => (await loaded()) === 3);
    expect(await boxes()).toEqual(before);
    const wide = await bob.messages.getByRole("img", { name: "wide.png" }).boundingBox();
    expect([wide?.width, wide?.height].map((size) => Math.round(size ?? 0))).toEqual([400, 150]);
  });

  it("open as large as the window, one after the other, and close again", async () => {
    const message = messageIn(bob.messages, "Two of them");
    const opener = message.getByRole("button", { name: "Open tall.png" });
    await opener.click();
    const shown = (name: string) => bob.page.getByRole("dialog", { name });
    await shown("tall.png").getByText("1 of 2").waitFor();
    await until("it is the whole picture", () =>
      shown("tall.png")
        .getByRole("img", { name: "tall.png" })
        .evaluate((image) => image instanceof HTMLImageElement && image.naturalHeight === 400),
    );
    await bob.page.keyboard.press("ArrowRight");
    await shown("square.png").getByText("2 of 2").waitFor();
    await bob.page.keyboard.press("ArrowRight");
    await shown("tall.png").waitFor();
    await bob.page.keyboard.press("ArrowLeft");
    await shown("square.png").getByRole("button", { name: "Previous picture" }).click();
    const download = bob.page.waitForEvent("download");
    await shown("tall.png").getByRole("link", { name: "Download tall.png" }).click();
    expect((await download).suggestedFilename()).toBe("tall.png");
    await bob.page.keyboard.press("Escape");
    await shown("tall.png").waitFor({ state: "detached" });
    await until("the focus is back", () => opener.evaluate((button) => button === document.activeElement));
  });
});

describe("other files", () => {
  it("sound is played where it stands", async () => {
    const message = await sent("Listen", { "silence.wav": wav(0.5) });
    const player = message.getByLabel("silence.wav");
    const duration = () =>
      player.evaluate((element) => (element instanceof HTMLAudioElement ? element.duration : Number.NaN));
    await until("its length is known", async () => Math.abs((await duration()) - 0.5) < 0.05);
    expect(await player.evaluate((element) => element instanceof HTMLAudioElement && element.controls)).toBe(true);
  });

  it("film has its size before it plays", async () => {
    const message = await sent("Watch", { "film.mp4": mp4(640, 360) });
    const player = message.getByLabel("film.mp4");
    expect(await player.evaluate((element) => element instanceof HTMLVideoElement && element.controls)).toBe(true);
    const box = await player.boundingBox();
    expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(640 / 360, 1);
    expect(box?.width).toBeGreaterThan(300);
  });

  it("the rest are cards with their size, saved under their name as they were", async () => {
    const content = Buffer.from("Übergrößen: 1, 2, 3\n".repeat(100));
    const message = await sent("Keep this", { "Größen 2026.csv": content });
    const card = message.getByRole("link", { name: "Download Größen 2026.csv" });
    expect(await card.innerText()).toBe(`Größen 2026.csv\n${(content.length / 1000).toFixed(1)} kB`);
    const download = bob.page.waitForEvent("download");
    await card.click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("Größen 2026.csv");
    expect(readFileSync(await file.path()).equals(content)).toBe(true);
  });
});

test("the panel of files lists them, the latest first, with the way to their messages", async () => {
  for (let i = 0; i < 40; i++) await work.accounts.ada.post(work.channel.id, `And then ${i}`);
  await bob.page.getByRole("button", { name: "Files", exact: true }).click();
  const panel = filesPanel();
  await panel.getByRole("link", { name: "Download Größen 2026.csv" }).waitFor();
  await panel.getByLabel("film.mp4").and(bob.page.locator("video")).waitFor();
  await panel.getByLabel("silence.wav").and(bob.page.locator("audio")).waitFor();
  const pictures = panel.getByRole("button", { name: /^Open / });
  const names = await pictures.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  expect(names.at(-1)).toBe("Open wide.png");
  expect([...names].sort()).toEqual(["Open square.png", "Open tall.png", "Open wide.png"]);
  await panel.getByRole("link").last().click();
  await messageIn(bob.messages, "A wide view").waitFor();
  await until("it is in sight", async () => {
    const box = await messageIn(bob.messages, "A wide view").boundingBox();
    return box !== null && box.y > 0 && box.y + box.height < 900;
  });
});

test("what is sent while the panel is open comes into it", async () => {
  await bob.page.getByRole("button", { name: "Files", exact: true }).click();
  await filesPanel().getByRole("link", { name: "Download Größen 2026.csv" }).waitFor();
  await sent("One more", { "late.txt": Buffer.from("late") });
  await filesPanel().getByRole("link", { name: "Download late.txt" }).waitFor();
});

test("no page is left with an error of its own", () => {
  expect(work.complaints).toEqual([]);
});

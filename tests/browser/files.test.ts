import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Locator } from "playwright-core";
import { attach, cardsOf, holdUploads, pictureFile, textFile, type Chosen } from "../src/attaching";
import type { Visitor } from "../src/browser";
import { png } from "../src/media";
import { until } from "../src/system";
import { Workplace } from "../src/workplace";

let work: Workplace;
let ada: Visitor;
let bob: Visitor;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-files-"));
  work = await Workplace.open();
  ({ ada, bob } = work);
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: work.system.web });
}, 120_000);
afterEach(() => work.photograph());
afterAll(async () => {
  await work?.close();
  rmSync(folder, { recursive: true, force: true });
});

const choose = (...files: Chosen[] | string[]) => attach(ada.page, files);
const cards = (): Locator => cardsOf(ada.page);
const card = (name: string): Locator => cardsOf(ada.page, name);
const progress = (name: string): Locator => card(name).getByRole("progressbar", { name: `Uploading ${name}` });
const send = (): Locator => ada.page.getByRole("button", { name: "Send", exact: true });
const alert = (words: string | RegExp): Locator =>
  ada.page.getByRole("region", { name: "Notices" }).getByRole("alert").filter({ hasText: words });
const canSend = () => until("it can be sent", () => send().isEnabled());

describe("files come into a message", () => {
  it("chosen several at once, and it may have words or none", async () => {
    await choose(pictureFile("harbour.png"), textFile("plan.txt"));
    await card("harbour.png").waitFor();
    await card("plan.txt").getByText("8 bytes").waitFor();
    await canSend();
    await ada.composer("team").press("Enter");
    await bob.messages.getByRole("button", { name: "Open harbour.png" }).waitFor();
    await bob.messages.getByRole("link", { name: "Download plan.txt" }).waitFor();
    expect(await cards().count()).toBe(0);

    await choose(textFile("words.txt"));
    await ada.composer("team").fill("With words");
    await canSend();
    await send().click();
    await bob.message("With words").getByRole("link", { name: "Download words.txt" }).waitFor();
  });

  it("dropped onto the composer", async () => {
    const transfer = await ada.page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["from the desktop"], "dropped.txt", { type: "text/plain" }));
      return data;
    });
    for (const type of ["dragover", "drop"]) await ada.composer("team").dispatchEvent(type, { dataTransfer: transfer });
    await card("dropped.txt").waitFor();
    await canSend();
    await ada.composer("team").press("Enter");
    await bob.messages.getByRole("link", { name: "Download dropped.txt" }).waitFor();
  });

  it("pasted as a picture", async () => {
    await ada.page.evaluate(
      async (bytes) => {
        const blob = new Blob([new Uint8Array(bytes)], { type: "image/png" });
        await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      },
      [...png(30, 30)],
    );
    await ada.composer("team").press("Control+v");
    await card("image.png").waitFor();
    await canSend();
    await ada.composer("team").press("Enter");
    await bob.messages.getByRole("button", { name: "Open image.png" }).waitFor();
  });

  it("but not those that were taken out before", async () => {
    await choose(textFile("wanted.txt"), textFile("unwanted.txt"));
    await card("unwanted.txt").getByRole("button", { name: "Remove unwanted.txt" }).click();
    await card("unwanted.txt").waitFor({ state: "detached" });
    await canSend();
    await ada.composer("team").press("Enter");
    await bob.messages.getByRole("link", { name: "Download wanted.txt" }).waitFor();
    expect(await bob.messages.getByRole("link", { name: "Download unwanted.txt" }).count()).toBe(0);
  });
});

describe("while a file is on its way", () => {
  it("its progress shows, and the message waits for it", async () => {
    const { letGo } = await holdUploads(ada.page);
    await choose(textFile("slow.txt"));
    await progress("slow.txt").waitFor();
    await ada.composer("team").fill("Attached");
    expect(await send().isDisabled()).toBe(true);
    expect(await send().getAttribute("title")).toBe("Files are still being uploaded");
    await ada.composer("team").press("Enter");
    expect(await ada.composer("team").inputValue()).toBe("Attached");
    await letGo();
    await progress("slow.txt").waitFor({ state: "detached" });
    await canSend();
    await ada.composer("team").press("Enter");
    await bob.message("Attached").getByRole("link", { name: "Download slow.txt" }).waitFor();
  });

  it("its progress moves as the bytes leave", async () => {
    const session = await ada.context.newCDPSession(ada.page);
    const throttle = (uploadThroughput: number) =>
      session.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    await throttle(400_000);
    await choose(textFile("large.txt", "x".repeat(1_000_000)));
    await until("a part of it has left", async () => {
      const value = await progress("large.txt").evaluate((bar) => (bar instanceof HTMLProgressElement ? bar.value : 0));
      return value > 0.1 && value < 1;
    });
    await throttle(-1);
    await session.detach();
    await card("large.txt")
      .getByRole("button", { name: /large\.txt$/ })
      .click();
    await card("large.txt").waitFor({ state: "detached" });
  });

  it("it can be called off, alone", async () => {
    const { letGo } = await holdUploads(ada.page);
    await choose(textFile("kept.txt"), textFile("called-off.txt"));
    await card("called-off.txt").getByRole("button", { name: "Cancel uploading called-off.txt" }).click();
    await card("called-off.txt").waitFor({ state: "detached" });
    await letGo();
    await canSend();
    await ada.composer("team").press("Enter");
    await bob.messages.getByRole("link", { name: "Download kept.txt" }).waitFor();
    expect(await bob.messages.getByText("called-off.txt").count()).toBe(0);
  });

  it("one may look at another channel and come back", async () => {
    const { letGo } = await holdUploads(ada.page);
    await choose(textFile("travels.txt"));
    await progress("travels.txt").waitFor();
    await ada.openChannel("general");
    expect(await cards().count()).toBe(0);
    await letGo();
    await ada.openChannel("team");
    await card("travels.txt").getByRole("button", { name: "Remove travels.txt" }).click();
    await card("travels.txt").waitFor({ state: "detached" });
  });
});

describe("what does not work is said", () => {
  it("an upload that failed can be tried again, and the message waits", async () => {
    await ada.page.route("**/api/upload", (route) => route.abort());
    await choose(textFile("unlucky.txt"));
    await card("unlucky.txt")
      .getByRole("alert")
      .getByText(/cannot be reached/)
      .waitFor();
    expect(await send().isDisabled()).toBe(true);
    await ada.page.unroute("**/api/upload");
    await card("unlucky.txt").getByRole("button", { name: "Retry" }).click();
    await canSend();
    await ada.composer("team").press("Enter");
    await bob.messages.getByRole("link", { name: "Download unlucky.txt" }).waitFor();
  });

  it("what the server refuses, in its words", async () => {
    await choose({ name: "fake.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") });
    await card("fake.png").getByRole("alert").waitFor();
    expect((await card("fake.png").getByRole("alert").innerText()).length).toBeGreaterThan(10);
    await card("fake.png").getByRole("button", { name: "Remove fake.png" }).click();
  });

  it("empty and too large files, beside one that is neither", async () => {
    const [large, empty, good] = ["huge.bin", "empty.txt", "good.txt"].map((name) => path.join(folder, name));
    if (!large || !empty || !good) throw new Error("There are three.");
    writeFileSync(empty, "");
    writeFileSync(good, "good");
    writeFileSync(large, "");
    truncateSync(large, 50 * 1024 * 1024 + 1);
    await choose(large, empty, good);
    await alert("huge.bin is larger than 50 MB.").waitFor();
    await alert("empty.txt is empty: there is nothing to send.").waitFor();
    await card("good.txt").waitFor();
    expect(await cards().count()).toBe(1);
    await card("good.txt")
      .getByRole("button", { name: /good\.txt$/ })
      .click();
  });

  it("more than ten", async () => {
    const many = Array.from({ length: 12 }, (_, i) => textFile(`file-${i}.txt`));
    await choose(...many);
    await alert("A message carries at most 10 files. Send the others with another one.").waitFor();
    expect(await cards().count()).toBe(10);
    await canSend();
    await ada.composer("team").press("Enter");
    await bob.messages.getByRole("link", { name: "Download file-9.txt" }).waitFor();
    expect(await bob.messages.getByText("file-10.txt").count()).toBe(0);
  });

  it("leaves no page with an error of its own", () => {
    expect(work.complaints).toEqual([]);
  });
});

import { routes } from "@connectbest/contract";
import mongoose from "mongoose";
import type { Browser } from "playwright-core";
import { launchBrowser, Visitor } from "../src/browser";
import { Person } from "../src/rest-client";
import { System, until } from "../src/system";

let system: System;
let browser: Browser;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
  [ada, bob] = [await Person.signUp(system, "Ada"), await Person.signUp(system, "Bob")];
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** As if the minutes had passed after which what is unread is mailed. */
async function hurry(): Promise<void> {
  const database = await mongoose.createConnection(system.databaseUri).asPromise();
  await until("the notice is there", async () => {
    const past = { $set: { mailAt: new Date(1) } };
    return (await database.collection("notifications").updateMany({ mailAt: { $ne: null } }, past)).modifiedCount > 0;
  });
  await database.close();
}

const isOn = async () => (await bob.rest.call(routes.notificationSettings)).settings.mail.isOn;

test("a mail tells of what stayed unread, and ends such mail by a button or one click, never by looking", async () => {
  const channel = await ada.createChannel("unread-mail", [bob]);
  const message = await ada.post(channel.id, `@${bob.me.username}: <b>are</b> you there?`);
  await hurry();
  const subject = /^Ada mentioned you in #unread-mail$/;
  let mail = (await system.inbox.to(bob.email)).find((one) => subject.test(one.subject));
  await until("the mail has come", async () => {
    mail = (await system.inbox.to(bob.email)).find((one) => subject.test(one.subject));
    return Boolean(mail);
  });
  expect(mail?.body.text).toContain(`${system.web}/chat/${channel.id}?message=${message.id}`);
  expect(mail?.body.html).toContain("&#60;b&#62;are");

  const link = await system.inbox.linkTo(bob.email, subject);
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get("token") ?? "";
  const oneClick = `${system.web}/api/notifications/unsubscribe?token=${token}`;
  const looked = await fetch(oneClick, { redirect: "manual" });
  expect([looked.status, looked.headers.get("location")]).toEqual([302, link]);

  const visitor = await Visitor.arrive(browser, system);
  const { page } = visitor;
  await page.goto(link);
  await page.getByRole("button", { name: "Stop these mails" }).waitFor();
  expect(new URL(page.url()).hash).toBe("");
  expect(await isOn()).toBe(true);
  await page.getByRole("button", { name: "Stop these mails" }).click();
  await page.getByText("From now on you get no mail about unread messages.").waitFor();
  expect(await page.getByRole("link", { name: "your settings" }).getAttribute("href")).toBe("/settings");
  expect(await isOn()).toBe(false);
  expect(visitor.complaints).toEqual([]);

  await bob.rest.call(routes.updateNotificationSettings, { body: { mail: { isOn: true, afterMinutes: 15 } } });
  const clicked = await fetch(oneClick, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  expect([clicked.status, await isOn()]).toEqual([204, false]);

  await page.goto("/unsubscribe#token=made-up");
  await page.getByRole("button", { name: "Stop these mails" }).click();
  await page.getByRole("alert").getByText("This link does not work.").waitFor();
  await visitor.leave();
}, 90_000);

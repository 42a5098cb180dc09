import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { routes } from "@connectbest/contract";
import ses from "aws-ses-v2-local";
import mongoose from "mongoose";
import { createLogger } from "../http/request-log";
import { secretIn, startTestApi, testConfig, type TestApi } from "../testing/test-api";
import { writeLetter } from "./letter";
import { writeMime } from "./mime";
import { enqueueMail, OutboxWorker } from "./outbox";
import { SesMailer } from "./ses-mailer";

let api: TestApi;
beforeAll(async () => (api = await startTestApi()));
afterAll(() => api.close());

const person = { email: "waiting@example.com", password: "correct horse", name: "Patience" };
const waiting = () => mongoose.connection.collection("outgoingMail").find().toArray();
/** As if the time until the next try had passed. */
const hurry = () => mongoose.connection.collection("outgoingMail").updateMany({}, { $set: { dueAt: new Date(0) } });

describe("mail", () => {
  it("waits in the database while SES is down, without its link, and leaves when SES is back", async () => {
    api.mail.isDown = true;
    await api.call(routes.register, { body: person });
    expect(await api.lastMail(person.email)).toBeUndefined();
    const [row] = await waiting();
    expect(row).toMatchObject({ to: person.email, attempts: 1 });
    expect(JSON.stringify(row)).not.toContain("token");
    api.mail.isDown = false;
    expect(await api.lastMail(person.email)).toBeUndefined();
    await hurry();
    const letter = await api.lastMail(person.email);
    await api.call(routes.verifyEmail, { body: { token: secretIn(letter) } });
    await api.outbox.run();
    expect(await waiting()).toEqual([]);
  });

  it("is sent by one of several processes, and by another when that one died", async () => {
    const others = [1, 2, 3].map(() => new OutboxWorker(api.mail, api.outbox.compose, createLogger("silent")));
    const user = await api.signUp();
    await api.outbox.run();
    const before = api.mail.to(user.email).length;
    await enqueueMail({ kind: "password_changed", to: user.email, userId: new mongoose.Types.ObjectId(user.id) });
    await Promise.all(others.map((worker) => worker.run()));
    expect(api.mail.to(user.email)).toHaveLength(before + 1);
    await enqueueMail({ kind: "password_changed", to: user.email, userId: new mongoose.Types.ObjectId(user.id) });
    // Taken by a process that never came back: its lease ends.
    await mongoose.connection.collection("outgoingMail").updateMany({}, { $set: { attempts: 1, dueAt: new Date(0) } });
    await others[0]?.run();
    expect(api.mail.to(user.email)).toHaveLength(before + 2);
  });

  it("is given up in the end", async () => {
    api.mail.isDown = true;
    await enqueueMail({
      kind: "welcome",
      to: "x@example.com",
      userId: new mongoose.Types.ObjectId((await userId()) ?? ""),
    });
    await mongoose.connection.collection("outgoingMail").updateMany({}, { $set: { attempts: 10 } });
    await api.outbox.run();
    expect(await waiting()).toEqual([]);
    api.mail.isDown = false;
  });
});

const userId = async () => (await mongoose.connection.collection("users").findOne({}))?._id.toString();

describe("a letter", () => {
  const letter = writeLetter("a@example.com", {
    subject: "Hello\r\nBcc: everybody@example.com",
    paragraphs: [`<img src=x onerror="alert('1')"> & more`],
    action: { label: "Press", url: "https://chat.test/x?a=1&b=2" },
  });

  it("is text and HTML of the same words, with nothing in them but words", () => {
    expect(letter.text).toContain(`<img src=x onerror="alert('1')"> & more`);
    expect(letter.html).not.toContain("<img");
    expect(letter.html).toContain('href="https://chat.test/x?a=1&#38;b=2"');
  });

  it("has a subject of one line", () => expect(letter.subject).toBe("Hello Bcc: everybody@example.com"));
});

describe("SES", () => {
  const letter = writeLetter("to@example.com", { subject: "Grüße ☀", paragraphs: ["Füße"] });

  it("takes a letter in both forms", async () => {
    const server = await ses({ host: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new SesMailer({ ...testConfig, SES_ENDPOINT: url }).send(letter);
    const { emails } = (await (await fetch(`${url}/store`)).json()) as { emails: Record<string, unknown>[] };
    expect(emails).toHaveLength(1);
    expect(emails[0]).toMatchObject({
      subject: "Grüße ☀",
      destination: { to: ["to@example.com"] },
      body: { text: letter.text, html: letter.html },
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("takes a letter with headers of its own as it travels, readable in both forms", async () => {
    const own = { "List-Unsubscribe": "<https://chat.test/x?token=1>", "X-Test": "a\r\nBcc: b@example.com" };
    const subject = `${"Grüße an 日本語 🦊 ".repeat(8)}=?utf-8?q?x?=`;
    const long = { ...writeLetter("to@example.com", { subject, paragraphs: ["Füße 🦊 ".repeat(30)] }), headers: own };
    const server = await ses({ host: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = { ...testConfig, SES_ENDPOINT: url, MAIL_FROM: "Grüße <no-reply@chat.test>" };
    await new SesMailer(config).send(long);
    const { emails } = (await (await fetch(`${url}/store`)).json()) as { emails: Record<string, unknown>[] };
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(emails.at(-1)).toMatchObject({
      from: '"Grüße" <no-reply@chat.test>',
      subject: long.subject,
      destination: { to: ["to@example.com"], cc: [], bcc: [] },
      body: { text: long.text, html: long.html },
    });
    const [head = ""] = writeMime(config.MAIL_FROM, long).split("\r\n\r\n");
    const lines = head.split("\r\n");
    expect(lines).toContain("List-Unsubscribe: <https://chat.test/x?token=1>");
    expect(lines).toContain("X-Test: a Bcc: b@example.com");
    expect(lines.filter((line) => line.length > 78 || /[^\x20-\x7e]/.test(line))).toEqual([]);
  });

  it("that takes the call and says nothing is an error too, in time", async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(new SesMailer({ ...testConfig, SES_ENDPOINT: url }).send(letter)).rejects.toThrow();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }, 40_000);

  it("that answers with an error is an error here", async () => {
    const server = createServer((_request, response) => response.writeHead(400).end("<ErrorResponse/>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(new SesMailer({ ...testConfig, SES_ENDPOINT: url }).send(letter)).rejects.toThrow();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

import type { AddressInfo } from "node:net";
import { SendRawEmailCommand, SESClient } from "@aws-sdk/client-ses";
import ses from "aws-ses-v2-local";
import mongoose from "mongoose";
import { createLogger } from "../http/request-log";
import { startTestApi, testConfig } from "../testing/test-api";
import { makeCertificate } from "../testing/certificate";
import { SmtpServer } from "../testing/smtp-server";
import { createMailer } from "./create-mailer";
import { writeLetter } from "./letter";
import { MailRefused } from "./mailer";
import { enqueueMail, OutboxWorker } from "./outbox";
import { SesMailer } from "./ses-mailer";
import { SmtpMailer } from "./smtp-mailer";
import { parseSmtpUrl } from "./smtp-url";

const certificate = makeCertificate();
const trusting = { ca: certificate.cert };
const letter = {
  ...writeLetter("to@example.com", { subject: "Grüße ☀", paragraphs: ["Füße", ".", "..x"] }),
  headers: { "List-Unsubscribe": "<https://chat.test/x?token=1>", "X-Test": "a\r\nBcc: b@example.com" },
};
const MAIL_FROM = "Grüße <no-reply@chat.test>";
const off = (server: SmtpServer) => ({ MAIL_FROM, SMTP_URL: `smtp://${server.host}?tls=off` });

let server: SmtpServer | undefined;
const start = async (...options: Parameters<typeof SmtpServer.start>) => (server = await SmtpServer.start(...options));
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** As an inbox reads it: that of the local SES. */
async function read(raw: string): Promise<Record<string, unknown>> {
  const inbox = await ses({ host: "127.0.0.1", port: 0 });
  const endpoint = `http://127.0.0.1:${(inbox.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new SESClient({ endpoint, region: "us-east-1", credentials });
  await client.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) } }));
  const { emails } = (await (await fetch(`${endpoint}/store`)).json()) as { emails: Record<string, unknown>[] };
  client.destroy();
  inbox.closeAllConnections();
  await new Promise((resolve) => inbox.close(resolve));
  return emails[0] ?? {};
}

describe("a mail server", () => {
  it("gets a letter in both forms, with its headers, and nobody gets it besides", async () => {
    const mail = await start();
    await new SmtpMailer(off(mail)).send(letter);
    expect(mail.commands.map(({ line }) => line).filter((line) => /^(MAIL|RCPT)/.test(line))).toEqual([
      expect.stringMatching(/^MAIL FROM:<no-reply@chat\.test>/),
      "RCPT TO:<to@example.com>",
    ]);
    const [raw = ""] = mail.letters;
    expect(await read(raw)).toMatchObject({
      from: '"Grüße" <no-reply@chat.test>',
      subject: letter.subject,
      destination: { to: ["to@example.com"], cc: [], bcc: [] },
      body: { text: letter.text, html: letter.html },
    });
    const lines = raw.slice(0, raw.indexOf("\r\n\r\n")).split("\r\n");
    expect(lines).toContain("List-Unsubscribe: <https://chat.test/x?token=1>");
    expect(lines).toContain("X-Test: a Bcc: b@example.com");
    expect(lines.find((line) => line.startsWith("Message-ID:"))).toMatch(/<[^@\s]+@chat\.test>$/);
    const date = lines.find((line) => line.startsWith("Date:"))?.slice(5) ?? "";
    expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ["by STARTTLS", false],
    ["from the first byte", true],
  ])("hears the password and the letter under TLS alone: %s", async (_, isSecure) => {
    const mail = await start({ certificate, isSecure });
    const SMTP_URL = `${isSecure ? "smtps" : "smtp"}://chat%40example.com:hunter%3A2@${mail.host}`;
    await new SmtpMailer({ MAIL_FROM, SMTP_URL }, trusting).send(letter);
    expect(mail.letters).toHaveLength(1);
    const open = mail.commands.filter(({ isEncrypted }) => !isEncrypted).map(({ line }) => line.split(" ")[0]);
    expect(open).toEqual(isSecure ? [] : ["EHLO", "STARTTLS"]);
    const [, , said = ""] = mail.commands.find(({ line }) => line.startsWith("AUTH"))?.line.split(" ") ?? [];
    expect(Buffer.from(said, "base64").toString()).toBe("\0chat@example.com\0hunter:2");
  });

  it("hears nothing when it offers no TLS, or is not who it should be", async () => {
    const plain = await start();
    const SMTP_URL = `smtp://chat:hunter2@${plain.host}`;
    await expect(new SmtpMailer({ MAIL_FROM, SMTP_URL }, trusting).send(letter)).rejects.toThrow("mail server");
    await plain.close();
    const stranger = await start({ certificate: makeCertificate(), isSecure: true });
    const other = { MAIL_FROM, SMTP_URL: `smtps://chat:hunter2@${stranger.host}` };
    await expect(new SmtpMailer(other, trusting).send(letter)).rejects.toThrow("mail server");
    const heard = [...plain.commands, ...stranger.commands].map(({ line }) => line);
    expect(heard.filter((line) => line.startsWith("EHLO"))).not.toEqual([]);
    expect(heard.join()).not.toMatch(/AUTH|MAIL/);
  });

  it.each([
    ["RCPT", "550 5.1.1 <to@example.com> is unknown", MailRefused],
    ["RCPT", "553 5.1.3 <to@example.com> is none", MailRefused],
    ["RCPT", "550 5.7.1 relaying for to@example.com denied", Error],
    ["RCPT", "451 4.7.1 to@example.com later", Error],
    ["MAIL", "530 5.7.0 sign in, to@example.com", Error],
    ["DATA", "554 5.6.0 to@example.com no", Error],
    ["EHLO", "421 4.3.2 not now", Error],
  ])("refuses at %s with %s: an error that says so, and names nobody", async (command, answer, kind) => {
    const mail = await start({ answers: { [command]: answer, HELO: answer } });
    const error: unknown = await new SmtpMailer(off(mail)).send(letter).catch((caught: unknown) => caught);
    expect((error as Error).constructor).toBe(kind);
    expect((error as Error).message).toContain(answer.slice(0, 9));
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/example\.com|chat\.test/);
    expect(mail.letters).toEqual([]);
  });

  it("that takes the call and says nothing is an error in time, and so is one that is away", async () => {
    const silent = await start({ isSilent: true });
    const mailer = new SmtpMailer(off(silent));
    await expect(mailer.send(letter)).rejects.toThrow("mail server");
    await silent.close();
    await expect(mailer.send(letter)).rejects.toThrow("mail server");
  }, 40_000);
});

describe("the outbox", () => {
  it("gives up at once what has no address, and keeps what may go later", async () => {
    const api = await startTestApi();
    const waiting = () => mongoose.connection.collection("outgoingMail").find().toArray();
    const send = async (answer: string) => {
      const mail = await start({ answers: { RCPT: answer } });
      const outbox = new OutboxWorker(new SmtpMailer(off(mail)), async () => letter, createLogger("silent"));
      await enqueueMail({ kind: "welcome", to: letter.to });
      await outbox.run();
      await mail.close();
    };
    await send("550 5.1.1 unknown");
    expect(await waiting()).toEqual([]);
    await send("450 4.2.1 later");
    expect(await waiting()).toMatchObject([{ to: letter.to, attempts: 1 }]);
    await api.close();
  });
});

describe("SMTP_URL", () => {
  it.each([
    ["smtps://mail.test", { port: 465, secure: true, requireTLS: false, ignoreTLS: false }],
    ["smtp://mail.test", { port: 587, secure: false, requireTLS: true, ignoreTLS: false }],
    ["smtp://mail.test:2525/", { port: 2525, secure: false, requireTLS: true, ignoreTLS: false }],
    ["smtp://mail.test:25?tls=off", { port: 25, secure: false, requireTLS: false, ignoreTLS: true }],
  ])("%s", (url, expected) => expect(parseSmtpUrl(url)).toEqual({ host: "mail.test", ...expected }));

  it.each([
    "mail.test",
    "http://mail.test",
    "smtp://",
    "smtp://mail.test?tls=no",
    "smtps://mail.test?tls=off",
    "smtp://chat:hunter2@mail.test?tls=off",
    "smtp://chat@mail.test",
    "smtp://%zz:x@mail.test",
    "smtp://mail.test/path",
  ])("%s is none", (url) => expect(parseSmtpUrl(url)).toBeNull());

  it("chooses the way; without it there is SES", () => {
    expect(createMailer({ ...testConfig, SMTP_URL: "smtps://mail.test" })).toBeInstanceOf(SmtpMailer);
    expect(createMailer(testConfig)).toBeInstanceOf(SesMailer);
  });
});

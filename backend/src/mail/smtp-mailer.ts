import type { ConnectionOptions } from "node:tls";
import { createTransport, type Transporter } from "nodemailer";
import type { Config } from "../config";
import type { Letter } from "./letter";
import { MailRefused, type Mailer } from "./mailer";
import { parseSmtpUrl } from "./smtp-url";

/** Milliseconds for one letter; less than the outbox's lease, so that no other process begins meanwhile. */
const patience = 30_000;

interface Failure {
  /** Nodemailer's. */
  code?: unknown;
  /** The server's answer: `550 5.1.1 <who@example.com> unknown`. */
  response?: unknown;
  command?: unknown;
}

/** Without the server's words, which repeat the address, or what was said to it. */
function describeFailure(error: unknown): Error {
  const { code, response, command } = (error ?? {}) as Failure;
  const [answer] = /^\d{3}([ -]\d\.\d{1,3}\.\d{1,3})?/.exec(String(response ?? "")) ?? [];
  if (!answer) return new Error(`The mail server did not take the letter (${String(code ?? "no answer")}).`);
  const sentence = `The mail server answered ${answer.replace("-", " ")} to ${String(command ?? "the letter")}.`;
  // 5.1: of the address itself. Any other refusal may be of the relay's settings, which somebody will mend.
  // https://www.rfc-editor.org/rfc/rfc3463#section-3.2
  return /^5\d\d[ -]5\.1\.[1236]$/.test(answer) ? new MailRefused(sentence) : new Error(sentence);
}

/** Any server that takes mail by SMTP: one's own relay, or a provider's. */
export class SmtpMailer implements Mailer {
  readonly #transport: Transporter;
  readonly #from: string;

  /** @param tls what else a connection trusts */
  constructor({ SMTP_URL, MAIL_FROM }: Pick<Config, "SMTP_URL" | "MAIL_FROM">, tls: ConnectionOptions = {}) {
    const server = parseSmtpUrl(SMTP_URL ?? "");
    if (!server) throw new Error("SMTP_URL is not set.");
    this.#from = MAIL_FROM;
    this.#transport = createTransport({
      ...server,
      tls: { minVersion: "TLSv1.2", ...tls },
      dnsTimeout: 3000,
      connectionTimeout: 3000,
      greetingTimeout: 10_000,
      socketTimeout: 10_000,
      // A letter holds what we put into it: nothing of a file or an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ to, subject, text, html, headers = {} }: Letter): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("in time")), patience);
    });
    const sending = this.#transport.sendMail({
      from: this.#from,
      // As it stands: nothing in it makes two addresses of one.
      to: { name: "", address: to },
      subject,
      text,
      html,
      headers: { ...headers },
    });
    try {
      await Promise.race([sending, silence]);
    } catch (error) {
      throw describeFailure(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

import { setTimeout as pause } from "node:timers/promises";

interface Stored {
  subject: string;
  destination: { to: string[] };
  body: { text?: string; html?: string };
  /** Seconds since 1970. */
  at: number;
}

/** The inbox of the local mail service, as its page shows it. */
export class Inbox {
  /** @param url where the mail service listens */
  constructor(readonly url: string) {}

  async to(address: string): Promise<Stored[]> {
    const response = await fetch(`${this.url}/store`, { signal: AbortSignal.timeout(10_000) });
    const { emails } = (await response.json()) as { emails: Stored[] };
    return emails.filter(({ destination }) => destination.to.some((to) => to.includes(address)));
  }

  /** Waits for the newest mail to an address whose subject fits. @throws when none comes within 15 s */
  async waitFor(address: string, subject: RegExp, atLeast = 1): Promise<Stored> {
    for (const deadline = Date.now() + 15_000; Date.now() < deadline; await pause(40)) {
      const found = (await this.to(address)).filter((mail) => subject.test(mail.subject));
      const last = found.at(-1);
      if (last && found.length >= atLeast) return last;
    }
    throw new Error(`No mail to ${address} with a subject like ${String(subject)} within 15 s.`);
  }

  /** The whole link of a mail: `http://…/verify-email#token=…`. */
  async linkTo(address: string, subject: RegExp, atLeast = 1): Promise<string> {
    const { body } = await this.waitFor(address, subject, atLeast);
    const link = /https?:\/\/\S+#token=[\w-]+\S*/.exec(body.text ?? "")?.[0];
    if (!link) throw new Error(`The mail to ${address} holds no link.`);
    return link;
  }

  /** The secret of a mail's link alone. */
  async tokenTo(address: string, subject: RegExp, atLeast = 1): Promise<string> {
    const link = new URL(await this.linkTo(address, subject, atLeast));
    return new URLSearchParams(link.hash.slice(1)).get("token") ?? "";
  }
}

/** Subjects of the mails that carry links. */
export const subjects = {
  confirm: /^Confirm your address$/,
  reset: /^Set a new password$/,
  change: /^Confirm your new/,
};

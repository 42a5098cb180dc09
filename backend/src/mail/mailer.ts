import type { Letter } from "./letter";

/** There is no such address, and tomorrow there will not be either. */
export class MailRefused extends Error {}

/** The port through which mail leaves. */
export interface Mailer {
  /** @throws MailRefused when it never will be taken, any other error when it was not: the outbox then tries again */
  send(letter: Letter): Promise<void>;
}

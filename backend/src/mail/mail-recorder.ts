import type { Letter } from "./letter";
import type { Mailer } from "./mailer";

/** For tests: keeps what was sent, and fails on demand. */
export class MailRecorder implements Mailer {
  readonly letters: Letter[] = [];
  isDown = false;

  async send(letter: Letter): Promise<void> {
    if (this.isDown) throw new Error("SES is down");
    this.letters.push(letter);
  }

  to(address: string): Letter[] {
    return this.letters.filter((letter) => letter.to === address);
  }
}

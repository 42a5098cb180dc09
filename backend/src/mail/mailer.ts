import type { Letter } from "./letter";

/** The port through which mail leaves. @throws when it was not taken: the outbox tries again */
export interface Mailer {
  send(letter: Letter): Promise<void>;
}

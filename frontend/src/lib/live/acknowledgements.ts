import type { Message } from "@connectbest/contract";
import type { ApiError } from "@/lib/api/api-error";

/** How long the socket may stay silent about a message before REST is asked, in milliseconds. */
export const acknowledgementTimeout = 8_000;

export type Acknowledgement = { message: Message } | { refused: ApiError } | { silent: true };

/** Who waits for which answer over the socket. */
export class Acknowledgements {
  private readonly waiting = new Map<string, (answer: Acknowledgement) => void>();

  expect(clientMessageId: string): Promise<Acknowledgement> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle(clientMessageId, { silent: true }), acknowledgementTimeout);
      this.waiting.set(clientMessageId, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  settle(clientMessageId: string, answer: Acknowledgement): void {
    this.waiting.get(clientMessageId)?.(answer);
    this.waiting.delete(clientMessageId);
  }

  forget(clientMessageId: string): void {
    this.settle(clientMessageId, { silent: true });
  }

  /** The socket is gone, and with it every answer still due. */
  forgetAll(): void {
    for (const clientMessageId of [...this.waiting.keys()]) this.forget(clientMessageId);
  }
}

/** The port through which frames reach sockets. Two drivers, the same tests (`senders.test.ts`). */
export interface Sender {
  /**
   * Sends events to connections: in order for each connection, several calls to one connection possibly in one frame.
   * @param events serialised JSON
   * @returns the connections that are gone for good. Other failures are not told: the client's next sync makes good.
   */
  send(connectionIds: string[], events: string[]): Promise<string[]>;
  /** Closes connections; those already closed do not matter. */
  close(connectionIds: string[], code: number): Promise<void>;
}

/** API Gateway's limit for one message, in bytes. */
export const messageLimit = 128 * 1024;

export const frameOf = (events: string[]): string => `{"events":[${events.join(",")}]}`;
const frameOverhead = frameOf([]).length;

/** The longest run of `events` from the start that fits one message; at least one (which alone may be too large). */
export function takeFrame(events: string[]): string[] {
  let size = frameOverhead;
  let count = 0;
  for (const event of events) {
    size += Buffer.byteLength(event) + 1;
    if (count > 0 && size > messageLimit) break;
    count++;
  }
  return events.slice(0, count);
}

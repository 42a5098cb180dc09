/**
 * Follows the frame headers in a client's byte stream (RFC 6455, 5.2) beside the WebSocket library, which knows only
 * the size of whole messages, to find a frame over API Gateway's limit.
 */
export class FrameScanner {
  #header: number[] = [];
  #payloadLeft = 0;

  constructor(readonly limit: number) {}

  /** @returns whether the bytes announce a frame whose payload is over the limit */
  isOverLimit(bytes: Buffer): boolean {
    let at = 0;
    while (at < bytes.length) {
      if (this.#payloadLeft > 0) {
        const skipped = Math.min(this.#payloadLeft, bytes.length - at);
        this.#payloadLeft -= skipped;
        at += skipped;
        continue;
      }
      this.#header.push(bytes[at++] ?? 0);
      const length = this.#completeLength();
      if (length === undefined) continue;
      if (length > this.limit) return true;
      this.#header = [];
      this.#payloadLeft = length;
    }
    return false;
  }

  /** The payload's length once the header (with its mask) is complete. */
  #completeLength(): number | undefined {
    const [, second = 0] = this.#header;
    if (this.#header.length < 2) return undefined;
    const short = second & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const maskBytes = second & 0x80 ? 4 : 0;
    if (this.#header.length < 2 + lengthBytes + maskBytes) return undefined;
    return lengthBytes === 0
      ? short
      : this.#header.slice(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  }
}

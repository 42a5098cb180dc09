/** At most one notice in this many milliseconds while somebody types. */
const noticeEvery = 3_000;

/** Tells the others that I am typing: when I begin, every few seconds while I go on, and when I stop. */
export class TypingNotice {
  private channelId: string | null = null;
  private lastSent = 0;

  constructor(private readonly send: (channelId: string, isTyping: boolean) => void) {}

  typed(channelId: string, hasText: boolean): void {
    if (!hasText) return this.stop();
    if (this.channelId !== channelId) this.stop();
    if (Date.now() - this.lastSent < noticeEvery) return;
    this.channelId = channelId;
    this.lastSent = Date.now();
    this.send(channelId, true);
  }

  /** Sent or wiped out. */
  stop(): void {
    if (this.channelId !== null) this.send(this.channelId, false);
    this.channelId = null;
    this.lastSent = 0;
  }
}

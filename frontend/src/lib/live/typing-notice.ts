import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";

/** At most one notice in this many milliseconds while somebody types. */
const noticeEvery = 3_000;

/** Tells the others that I am typing: when I begin, every few seconds while I go on, and when I stop. */
export class TypingNotice {
  private spot: Spot | null = null;
  private lastSent = 0;

  constructor(private readonly send: (spot: Spot, isTyping: boolean) => void) {}

  typed(spot: Spot, hasText: boolean): void {
    if (!hasText) return this.stop();
    if (this.spot && spotKey(this.spot) !== spotKey(spot)) this.stop();
    if (Date.now() - this.lastSent < noticeEvery) return;
    this.spot = spot;
    this.lastSent = Date.now();
    this.send(spot, true);
  }

  /** Sent or wiped out. */
  stop(): void {
    if (this.spot) this.send(this.spot, false);
    this.spot = null;
    this.lastSent = 0;
  }
}

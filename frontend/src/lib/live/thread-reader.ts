import type { Thread } from "@connectbest/contract";
import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";
import type { ChatStore } from "@/lib/chat/store";
import { withThread, withThreadRead } from "@/lib/chat/threads";
import { withRoom } from "./pager";

/** Milliseconds within which readings of a thread become one call. */
const readDelay = 400;

export interface ThreadReaderDependencies {
  store: ChatStore;
  isAttending(): boolean;
  markRead(rootId: string, seq: number): Promise<Thread>;
}

/** Marks as read what is on screen of the open thread. */
export class ThreadReader {
  private spot: Spot | null = null;
  private isAtBottom = false;
  /** I want to find it unread when I come back: until then looking at it reads nothing. */
  private isLeftUnread = false;
  /** What the server has not answered yet, by thread. */
  private readonly pending = new Map<string, number>();
  /** Of the open thread the last that the server was told of: who does not follow it is not counted as having read. */
  private told = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly deps: ThreadReaderDependencies) {}

  open(spot: Spot | null): void {
    this.spot = spot;
    this.isAtBottom = false;
    this.isLeftUnread = false;
    this.told = 0;
    const standing = this.standing();
    this.divide(standing && standing.unreadCount > 0 ? standing.lastReadSeq : null);
  }

  /** The server has marked some of it as unread. */
  leaveUnread({ messageId, lastReadSeq }: Thread): void {
    this.pending.delete(messageId);
    if (messageId !== this.spot?.parentMessageId) return;
    this.isLeftUnread = true;
    this.divide(lastReadSeq);
  }

  scrolled(isAtBottom: boolean): void {
    this.isAtBottom = isAtBottom;
    this.consider();
  }

  /** After anything that may have changed what is unread or seen. */
  consider(): void {
    const { spot } = this;
    const standing = this.standing();
    if (!spot?.parentMessageId || !standing || !this.isAtBottom || this.isLeftUnread) return;
    if (!this.deps.isAttending()) return;
    const room = this.deps.store.get().rooms[spotKey(spot)];
    const last = room?.messages.at(-1)?.seq ?? 0;
    if (!room?.isLoaded || room.hasMoreAfter || last <= Math.max(standing.lastReadSeq, this.told)) return;
    const rootId = spot.parentMessageId;
    this.deps.store.update((state) => withThreadRead(state, rootId, last));
    this.told = last;
    this.pending.set(rootId, last);
    this.schedule();
  }

  /** Tells the server what it could not be told before. */
  flush(): void {
    if (this.pending.size > 0) this.schedule();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private standing() {
    return this.spot?.parentMessageId ? this.deps.store.get().threads[this.spot.parentMessageId]?.standing : null;
  }

  private divide(newSince: number | null): void {
    const { spot } = this;
    if (spot) this.deps.store.update((state) => withRoom(state, spot, (room) => ({ ...room, newSince })));
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const [rootId, seq] of this.pending) void this.tell(rootId, seq);
    }, readDelay);
  }

  private async tell(rootId: string, seq: number): Promise<void> {
    try {
      const thread = await this.deps.markRead(rootId, seq);
      this.deps.store.update((state) => withThread(state, thread));
      if (this.pending.get(rootId) === seq) this.pending.delete(rootId);
    } catch {
      // Kept in `pending`: flushed when the connection is back.
    }
  }
}

import type { Membership, Message, Thread } from "@connectbest/contract";
import { withReadAnswer, withReadUpTo, withUnread } from "@/lib/chat/channels";
import { channelSpot } from "@/lib/chat/spot";
import { standingNow } from "@/lib/chat/standing";
import type { ChatStore } from "@/lib/chat/store";
import { withThread } from "@/lib/chat/threads";
import { withRoom } from "./pager";

/** Milliseconds within which readings of one channel become one call. */
const readDelay = 400;

export interface ReaderDependencies {
  store: ChatStore;
  /** The page is visible and has the focus. */
  isAttending(): boolean;
  markRead(channelId: string, seq: number): Promise<{ membership: Membership; rev: number }>;
  markUnread(messageId: string): Promise<{ membership: Membership | null; thread: Thread | null; rev: number }>;
}

/** Marks as read what is on screen, and keeps the "New" divider where reading stopped. */
export class Reader {
  private channelId: string | null = null;
  private isAtBottom = false;
  /** I want to find it unread when I come back: until then looking at it reads nothing. */
  private isLeftUnread = false;
  private readonly pending = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly deps: ReaderDependencies) {}

  /** Another channel is on screen, or none. */
  open(channelId: string | null): void {
    this.channelId = channelId;
    this.isAtBottom = false;
    this.isLeftUnread = false;
    if (channelId === null) return;
    const { unreadCount, lastReadSeq } = this.standing() ?? { unreadCount: 0, lastReadSeq: 0 };
    this.divide(unreadCount > 0 ? lastReadSeq : null);
  }

  scrolled(channelId: string, isAtBottom: boolean): void {
    if (channelId !== this.channelId) return;
    this.isAtBottom = isAtBottom;
    this.consider();
  }

  /** After anything that may have changed what is unread or seen. */
  consider(): void {
    const standing = this.standing();
    if (!this.channelId || !standing || standing.unreadCount === 0 || this.isLeftUnread) return;
    const room = this.deps.store.get().rooms[this.channelId];
    if (this.isAtBottom && room?.isLoaded && !room.hasMoreAfter && this.deps.isAttending()) this.read();
    else if (room?.newSince === null) this.divide(standing.lastReadSeq);
  }

  /** Unread from this message on, on all devices. Throws `ApiError`. */
  async markUnread({ id, channelId, seq, parentMessageId }: Message): Promise<void> {
    const isHere = () => parentMessageId === null && channelId === this.channelId;
    // At once: the event of it may be here before the answer, and must not be read away.
    if (isHere()) this.isLeftUnread = true;
    try {
      const { membership, thread, rev } = await this.deps.markUnread(id);
      if (membership) this.pending.delete(channelId);
      this.deps.store.update((state) => {
        const next = thread ? withThread(state, thread) : state;
        return membership ? withUnread(next, channelId, membership, rev) : next;
      });
    } catch (error) {
      if (isHere()) this.isLeftUnread = false;
      this.flush();
      throw error;
    }
    if (!isHere()) return;
    this.isLeftUnread = true;
    this.divide(seq - 1);
  }

  /** "Mark as read" at the divider, and Esc. */
  clearDivider(): void {
    this.isLeftUnread = false;
    this.divide(null);
    if (this.channelId) this.read();
  }

  /** Tells the server what it could not be told before. */
  flush(): void {
    if (this.pending.size > 0) this.schedule();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private standing() {
    const known = this.channelId ? this.deps.store.get().channels?.[this.channelId] : undefined;
    return known && standingNow(known.standing);
  }

  private divide(newSince: number | null): void {
    const { channelId } = this;
    if (channelId)
      this.deps.store.update((state) => withRoom(state, channelSpot(channelId), (room) => ({ ...room, newSince })));
  }

  private read(): void {
    const { channelId } = this;
    const { rooms, channels } = this.deps.store.get();
    const last = channelId ? rooms[channelId]?.messages.at(-1)?.seq : undefined;
    if (!channelId || last === undefined) return;
    // Whatever was taken in after it is nothing that stands in the channel itself.
    const seq = Math.max(last, channels?.[channelId]?.level ?? 0);
    this.deps.store.update((state) => withReadUpTo(state, channelId, seq));
    this.pending.set(channelId, Math.max(seq, this.pending.get(channelId) ?? 0));
    this.schedule();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const [channelId, seq] of this.pending)
        if (!this.isLeftUnread || channelId !== this.channelId) void this.tell(channelId, seq);
    }, readDelay);
  }

  private async tell(channelId: string, seq: number): Promise<void> {
    try {
      const { membership, rev } = await this.deps.markRead(channelId, seq);
      this.deps.store.update((state) => withReadAnswer(state, channelId, membership, rev));
      if (this.pending.get(channelId) === seq) this.pending.delete(channelId);
    } catch {
      // Kept in `pending`: flushed when the connection is back.
    }
  }
}

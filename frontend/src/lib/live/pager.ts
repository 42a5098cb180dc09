import type { MessagePage } from "@connectbest/contract";
import { sentenceOf } from "@/lib/api/api-error";
import { withLoadError, withLoading, withPage } from "@/lib/chat/room";
import { emptyRoom } from "@/lib/chat/state";
import type { ChatState, PageDirection, Room } from "@/lib/chat/state";
import type { ChatStore } from "@/lib/chat/store";

export interface PageWish {
  before?: string;
  after?: string;
  around?: string;
}

export interface PagerDependencies {
  store: ChatStore;
  load(channelId: string, wish: PageWish): Promise<MessagePage>;
}

/** Loads pages of messages: one at a time in each channel, and a wish for the newest outruns the others. */
export class Pager {
  private readonly generations = new Map<string, number>();

  constructor(private readonly deps: PagerDependencies) {}

  /** The channel is on screen: load it unless it is there and sound. */
  open(channelId: string): void {
    const room = this.deps.store.get().rooms[channelId];
    if (room?.loading || (room?.isLoaded && !room.isStale)) return;
    void this.load(channelId, "newest", {});
  }

  /** The connection is back: what did not load is asked for again. */
  recover(): void {
    for (const [channelId, room] of Object.entries(this.deps.store.get().rooms))
      if (room.error !== null && !room.isLoaded) void this.load(channelId, "newest", {});
      else if (room.error !== null)
        this.deps.store.update((state) => withRoom(state, channelId, (failed) => ({ ...failed, error: null })));
  }

  newest(channelId: string): Promise<void> {
    return this.load(channelId, "newest", {});
  }

  around(channelId: string, messageId: string): Promise<void> {
    return this.load(channelId, "around", { around: messageId });
  }

  older(channelId: string): void {
    const room = this.deps.store.get().rooms[channelId];
    const first = room?.messages[0];
    if (room && first && room.hasMoreBefore && !room.loading) void this.load(channelId, "before", { before: first.id });
  }

  newer(channelId: string): void {
    const room = this.deps.store.get().rooms[channelId];
    const last = room?.messages.at(-1);
    if (room && last && room.hasMoreAfter && !room.loading) void this.load(channelId, "after", { after: last.id });
  }

  private async load(channelId: string, direction: PageDirection, wish: PageWish): Promise<void> {
    const generation = (this.generations.get(channelId) ?? 0) + 1;
    this.generations.set(channelId, generation);
    const change = (next: (room: Room) => Room) =>
      this.deps.store.update((state) =>
        this.generations.get(channelId) === generation ? withRoom(state, channelId, next) : state,
      );
    change((room) => withLoading(room, direction));
    try {
      const page = await this.deps.load(channelId, wish);
      change((room) => withPage(room, page, direction));
    } catch (error) {
      change((room) => withLoadError(room, sentenceOf(error)));
    }
  }
}

export const withRoom = (state: ChatState, channelId: string, next: (room: Room) => Room): ChatState => ({
  ...state,
  rooms: { ...state.rooms, [channelId]: next(state.rooms[channelId] ?? emptyRoom) },
});

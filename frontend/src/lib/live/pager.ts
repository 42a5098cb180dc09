import type { MessagePage } from "@connectbest/contract";
import { sentenceOf } from "@/lib/api/api-error";
import { withLoadError, withLoading, withPage } from "@/lib/chat/room";
import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";
import { emptyRoom } from "@/lib/chat/state";
import type { ChatState, PageDirection, Room } from "@/lib/chat/state";
import type { ChatStore } from "@/lib/chat/store";

export interface PageWish {
  before?: string;
  after?: string;
  around?: string;
  /** A timestamp. */
  at?: string;
}

export interface PagerDependencies {
  store: ChatStore;
  load(spot: Spot, wish: PageWish): Promise<MessagePage>;
}

/** Loads pages of messages: one at a time in each spot, and a wish for the newest outruns the others. */
export class Pager {
  private readonly generations = new Map<string, number>();

  constructor(private readonly deps: PagerDependencies) {}

  /** The spot is on screen: load it unless it is there and sound. */
  open(spot: Spot): void {
    const room = this.room(spot);
    if (room?.loading || (room?.isLoaded && !room.isStale)) return;
    void this.newest(spot);
  }

  /** The connection is back: what did not load is asked for again. */
  recover(): void {
    for (const room of Object.values(this.deps.store.get().rooms))
      if (room.error !== null && !room.isLoaded) void this.newest(room.spot);
      else if (room.error !== null)
        this.deps.store.update((state) => withRoom(state, room.spot, (failed) => ({ ...failed, error: null })));
  }

  newest(spot: Spot): Promise<void> {
    return this.load(spot, "newest", {});
  }

  around(spot: Spot, messageId: string): Promise<void> {
    return this.load(spot, "around", { around: messageId });
  }

  /** From the first message at or after a moment. */
  at(spot: Spot, moment: Date): Promise<void> {
    return this.load(spot, "around", { at: moment.toISOString() });
  }

  older(spot: Spot): void {
    const room = this.room(spot);
    const first = room?.messages[0];
    if (room && first && room.hasMoreBefore && !room.loading) void this.load(spot, "before", { before: first.id });
  }

  newer(spot: Spot): void {
    const room = this.room(spot);
    const last = room?.messages.at(-1);
    if (room && last && room.hasMoreAfter && !room.loading) void this.load(spot, "after", { after: last.id });
  }

  private room = (spot: Spot): Room | undefined => this.deps.store.get().rooms[spotKey(spot)];

  private async load(spot: Spot, direction: PageDirection, wish: PageWish): Promise<void> {
    const key = spotKey(spot);
    const generation = (this.generations.get(key) ?? 0) + 1;
    this.generations.set(key, generation);
    const change = (next: (room: Room) => Room) =>
      this.deps.store.update((state) =>
        this.generations.get(key) === generation ? withRoom(state, spot, next) : state,
      );
    change((room) => withLoading(room, direction));
    try {
      const page = await this.deps.load(spot, wish);
      change((room) => withPage(room, page, direction));
    } catch (error) {
      change((room) => withLoadError(room, sentenceOf(error)));
    }
  }
}

export const withRoom = (state: ChatState, spot: Spot, next: (room: Room) => Room): ChatState => ({
  ...state,
  rooms: { ...state.rooms, [spotKey(spot)]: next(state.rooms[spotKey(spot)] ?? emptyRoom(spot)) },
});

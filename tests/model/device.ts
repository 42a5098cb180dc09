import { routes, type Event } from "@connectbest/contract";
import { applyEvent } from "@/lib/chat/apply-event";
import { applySync, heldRevisions, isBehind } from "@/lib/chat/apply-sync";
import { withChannelList } from "@/lib/chat/channels";
import { withPage } from "@/lib/chat/room";
import { channelSpot } from "@/lib/chat/spot";
import { emptyRoom, emptyState, type ChatState } from "@/lib/chat/state";
import type { Client, Person } from "./client";
import type { Hub, Listener } from "./hub";

/** How a device hears: everything in order; or some not at all, some twice, and in another order. */
export type Hearing = "perfect" | "poor";

/** What a client knows of its owner and nothing else. */
export const stateOf = ({ id }: Person): ChatState =>
  emptyState({ id, name: "", username: "", avatarUrl: null, isAdmin: false });

/** How much of a channel is loaded. */
const pageSize = 100;

/** One device of a person: the very state and reducers of the web client, on a socket that can fail. */
export class Device implements Listener {
  state: ChatState;
  isConnected = false;
  /** Events about channels that its owner was not in when they were sent. */
  readonly strays: Event[] = [];
  #held: Event[] = [];
  #seed: number;

  constructor(
    readonly person: Person,
    readonly hearing: Hearing,
    readonly client: Client,
    readonly hub: Hub,
    readonly isMember: (channelId: string, userId: string) => boolean,
    seed: number,
  ) {
    this.#seed = seed;
    this.state = stateOf(person);
  }

  get userId(): string {
    return this.person.id;
  }

  /** The same numbers for the same seed. */
  #random(): number {
    this.#seed = (this.#seed * 1103515245 + 12345) % 2147483648;
    return this.#seed / 2147483648;
  }

  hear(topic: string, events: Event[]): void {
    for (const event of events) {
      const channelId = /^[0-9a-f]{24}$/.test(topic) ? topic : undefined;
      if (channelId && !this.isMember(channelId, this.userId)) this.strays.push(event);
    }
    if (this.hearing === "perfect") return this.#take(events);
    for (const event of events) {
      const chance = this.#random();
      if (chance < 0.1) continue;
      this.#held.push(event);
      if (chance > 0.95) this.#held.push(event);
    }
    if (this.#random() < 0.4) this.release();
  }

  /** What was held up arrives, in any order. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    held.sort(() => this.#random() - 0.5);
    this.#take(held);
  }

  #take(events: Event[]): void {
    this.state = events.reduce((state, event) => applyEvent(state, event, 0), this.state);
  }

  async connect(): Promise<void> {
    const { channels } = await this.client.call(this.person, routes.listChannels);
    this.hub.connect(
      this,
      channels.map((channel) => channel.id),
    );
    this.isConnected = true;
    if (this.state.channels === null) this.state = withChannelList(this.state, channels);
    await this.sync();
  }

  drop(): void {
    this.isConnected = false;
    this.#held = [];
    this.hub.disconnect(this);
  }

  get isBehind(): boolean {
    return isBehind(this.state);
  }

  async sync(): Promise<void> {
    const answer = await this.client.call(this.person, routes.sync, { body: { channels: heldRevisions(this.state) } });
    this.state = applySync(this.state, answer);
    for (const id of Object.keys(this.state.channels ?? {}))
      if (!this.state.rooms[id]?.isLoaded || this.state.rooms[id]?.isStale) await this.#load(id);
  }

  /** Opens channels that came by an event, as somebody would who looks at them. */
  async openAll(): Promise<void> {
    for (const id of Object.keys(this.state.channels ?? {})) if (!this.state.rooms[id]?.isLoaded) await this.#load(id);
  }

  async #load(id: string): Promise<void> {
    const page = await this.client.call(this.person, routes.listMessages, {
      params: { id },
      query: { limit: pageSize },
    });
    this.state = {
      ...this.state,
      rooms: {
        ...this.state.rooms,
        [id]: withPage(this.state.rooms[id] ?? emptyRoom(channelSpot(id)), page, "newest"),
      },
    };
  }
}

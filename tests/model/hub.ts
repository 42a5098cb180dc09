import { userTopic, workspaceTopic, type Event } from "@connectbest/contract";
import type { Realtime } from "../../backend/src/realtime/publish";

/** A device's end of the wire. */
export interface Listener {
  readonly userId: string;
  hear(topic: string, events: Event[]): void;
}

/** The live half of the system without its network: who listens to what, and hears it at once. */
export class Hub implements Realtime {
  readonly #topics = new Map<Listener, Set<string>>();

  connect(listener: Listener, channelIds: string[]): void {
    this.#topics.set(listener, new Set([userTopic(listener.userId), workspaceTopic, ...channelIds]));
  }

  disconnect(listener: Listener): void {
    this.#topics.delete(listener);
  }

  async deliver(topic: string, events: Event[]): Promise<void> {
    // As on the wire: what one device does with an event must not reach another.
    const sent = JSON.stringify(events);
    for (const [listener, topics] of this.#topics)
      if (topics.has(topic)) listener.hear(topic, JSON.parse(sent) as Event[]);
  }

  async subscribe(userIds: string[], channelId: string): Promise<void> {
    for (const [listener, topics] of this.#topics) if (userIds.includes(listener.userId)) topics.add(channelId);
  }

  async unsubscribe(userId: string, channelId: string): Promise<void> {
    for (const [listener, topics] of this.#topics) if (listener.userId === userId) topics.delete(channelId);
  }

  async endSession(): Promise<void> {}

  async listenersOf(channelId: string): Promise<string[]> {
    return [...this.#topics].filter(([, topics]) => topics.has(channelId)).map(([listener]) => listener.userId);
  }

  async liveUsers() {
    return [...this.#topics.keys()].map(({ userId }) => ({ userId, isIdle: false }));
  }

  async liveUser(userId: string) {
    return (await this.liveUsers()).find((one) => one.userId === userId);
  }

  async noteTold(): Promise<boolean> {
    return true;
  }
}

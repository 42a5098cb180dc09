import type { Event } from "@connectbest/contract";
import type { LiveUser } from "@connectbest/websocket";
import type { Realtime } from "./publish";

/** A `Realtime` that only remembers, for tests that ask who was told what. */
export class RealtimeRecorder implements Realtime {
  readonly delivered: { topic: string; event: Event }[] = [];
  readonly subscriptions: { userIds: string[]; channelId: string }[] = [];
  readonly unsubscriptions: { userId: string; channelId: string }[] = [];
  readonly endedSessions: string[] = [];
  /** The users of whom a device is connected, and whether all are idle. */
  readonly live = new Map<string, boolean>();
  readonly #told = new Map<string, string>();

  async deliver(topic: string, events: Event[]): Promise<void> {
    for (const event of events) this.delivered.push({ topic, event });
  }

  async subscribe(userIds: string[], channelId: string): Promise<void> {
    this.subscriptions.push({ userIds, channelId });
  }

  async unsubscribe(userId: string, channelId: string): Promise<void> {
    this.unsubscriptions.push({ userId, channelId });
  }

  async endSession(_userId: string, sessionId: string): Promise<void> {
    this.endedSessions.push(sessionId);
  }

  async listenersOf(_channelId: string): Promise<string[]> {
    return [...this.live.keys()];
  }

  async liveUsers(): Promise<LiveUser[]> {
    return [...this.live].map(([userId, isIdle]) => ({ userId, isIdle }));
  }

  async liveUser(userId: string): Promise<LiveUser | undefined> {
    const isIdle = this.live.get(userId);
    return isIdle === undefined ? undefined : { userId, isIdle };
  }

  async noteTold(userId: string, told: string, _lifetime: number): Promise<boolean> {
    const isNews = this.#told.get(userId) !== told;
    this.#told.set(userId, told);
    return isNews;
  }

  /** The events that a topic was told, oldest first. */
  to(topic: string): Event[] {
    return this.delivered.filter((entry) => entry.topic === topic).map((entry) => entry.event);
  }
}

import type { Channel, Message } from "@connectbest/contract";
import { Person, RestClient } from "../src/rest-client";
import { until, type System } from "../src/system";
import { Listener, Sender } from "./clients";
import { judge } from "./judge";

interface Ways {
  /** Where the senders' API is, when not where everybody's is. */
  api?: string;
  /** The gateway's port for the listeners, likewise. */
  gateway?: number;
  listeners?: number;
  members?: number;
}

/** Members of one channel who all write to it, and some who listen. */
export class Crowd {
  static readonly #gathered = new Set<Crowd>();

  private constructor(
    readonly members: Person[],
    readonly channel: Channel,
    readonly senders: Sender[],
    readonly listeners: Listener[],
  ) {}

  static async gather(system: System, ways: Ways = {}): Promise<Crowd> {
    const { members: size = 6, listeners: ears = 2 } = ways;
    const members: Person[] = [];
    for (let i = 0; i < size; i++) members.push(await Person.signUp(system, `Member ${i}`));
    const [first, ...others] = members;
    if (!first) throw new Error("A crowd of nobody.");
    const channel = await first.createChannel(`under-fire-${first.me.id.slice(-6)}`, others);
    const senders = members.map((member) => {
      const rest = new RestClient(ways.api ?? system.api);
      rest.token = member.rest.token;
      return new Sender(rest, channel.id);
    });
    const listening = members.slice(0, ears).map((member) => Listener.start(member, channel.id, ways.gateway));
    const crowd = new Crowd(members, channel, senders, await Promise.all(listening));
    Crowd.#gathered.add(crowd);
    return crowd;
  }

  start(rest?: number): void {
    this.senders.forEach((sender, i) => sender.start(String(i), rest));
  }

  get acknowledged(): Message[] {
    return this.senders.flatMap((sender) => sender.acknowledged);
  }

  get attempts() {
    return this.senders.flatMap((sender) => sender.attempts);
  }

  /** Attempts that were not acknowledged, by status. */
  get failures(): Record<number, number> {
    const counts: Record<number, number> = {};
    for (const { status } of this.attempts)
      if (status !== 201 && status !== 200) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  /** Waits until so many more are acknowledged: the load is felt. */
  async moreAcknowledged(count = 20, patience = 60_000): Promise<void> {
    const goal = this.acknowledged.length + count;
    await until(`${count} more are acknowledged`, () => this.acknowledged.length >= goal, patience);
  }

  async stopSending(): Promise<void> {
    await Promise.all(this.senders.map((sender) => sender.stop()));
  }

  /**
   * Stops everybody and lets the judge speak.
   * @param others what others than the crowd were acknowledged
   * @returns what is stored
   */
  async judge(others: readonly Message[] = []): Promise<Message[]> {
    await this.stopSending();
    const acknowledged = [...this.acknowledged, ...others];
    const stored = await judge(this.members, this.channel.id, acknowledged);
    // A message is sent until it is acknowledged: nothing else can be stored.
    expect(stored).toHaveLength(acknowledged.length);
    for (const listener of this.listeners) await listener.expectLevel(stored);
    return stored;
  }

  /** For `afterEach`: whatever became of a test, nobody goes on sending or listening. */
  static dismiss(): void {
    for (const { senders, listeners } of Crowd.#gathered) {
      for (const sender of senders) sender.giveUp();
      for (const listener of listeners) listener.stop();
    }
    Crowd.#gathered.clear();
  }
}

import { randomUUID } from "node:crypto";
import { routes } from "@connectbest/contract";
import { Types } from "mongoose";
import { inChannelOrder } from "../../backend/src/features/messages/channel-queue";
import type { TestApi } from "../../backend/src/testing/test-api";
import type { Client, Person } from "./client";
import { Device } from "./device";
import type { Hub } from "./hub";
import { Reference, type RefChannel, type RefMessage } from "./reference";

/** One thing that somebody does. The numbers choose among what is possible at that moment. */
export interface Step {
  kind: (typeof kinds)[number];
  who: number;
  what: number;
  which: number;
}

export const kinds = [
  "send",
  "call",
  "callAll",
  "together",
  "reply",
  "callInReply",
  "edit",
  "delete",
  "react",
  "unreact",
  "readAll",
  "readSome",
  "unread",
  "readThread",
  "follow",
  "unfollow",
  "pin",
  "unpin",
  "join",
  "leave",
  "add",
  "remove",
  "drop",
  "reconnect",
  "sync",
  "repeat",
] as const;

const emoji = ["👍", "🎉", "👩‍💻"];
const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % Math.max(1, items.length)];

/** Five people with three devices each, the real system, and the reference beside it. */
export class World {
  readonly reference = new Reference();
  readonly devices: Device[] = [];
  people: Person[] = [];
  #joining = new Set<string>();
  #sent: { person: Person; channelId: string; body: { content: string; clientMessageId: string } }[] = [];
  #count = 0;

  private constructor(
    readonly api: TestApi,
    readonly client: Client,
    readonly hub: Hub,
  ) {}

  static async open(api: TestApi, client: Client, hub: Hub, seed: number): Promise<World> {
    const world = new World(api, client, hub);
    for (const name of ["Ada", "Bob", "Cem", "Dee", "Eva"]) {
      const { id, username, token } = await api.signUp(name);
      const person = { id, username, token };
      world.people.push(person);
      // Everybody's first channel fills with whoever comes: it is left to them.
      for (const { id: channelId } of (await client.call(person, routes.listChannels)).channels)
        await client.call(person, routes.leaveChannel, { params: { id: channelId } });
    }
    await world.#openChannels();
    for (const [i, person] of world.people.entries())
      for (const [j, hearing] of (["perfect", "poor", "poor"] as const).entries()) {
        const isMember = (channelId: string, userId: string) => world.isMember(channelId, userId);
        const device = new Device(person, hearing, client, hub, isMember, seed + 7 * i + j);
        world.devices.push(device);
        await device.connect();
      }
    return world;
  }

  async #openChannels(): Promise<void> {
    const [ada, bob, cem, dee, eva] = this.people as [Person, Person, Person, Person, Person];
    const create = async (type: "public" | "private", owner: Person, others: Person[]) => {
      const body = { name: `m-${randomUUID().slice(0, 20)}`, type, memberIds: others.map(({ id }) => id) };
      const { channel } = await this.client.call(owner, routes.createChannel, { body });
      const members = [owner, ...others].map(({ id }) => id);
      this.reference.add(channel.id, members, [owner.id], { isPrivate: type === "private" });
    };
    await create("public", ada, [bob, cem, dee, eva]);
    await create("public", bob, [cem]);
    await create("private", cem, [dee, eva]);
    for (const others of [[bob], [dee, eva]]) {
      const body = { userIds: others.map(({ id }) => id) };
      const { channel } = await this.client.call(ada, routes.openDirectMessage, { body });
      this.reference.add(
        channel.id,
        [ada, ...others].map(({ id }) => id),
        [],
        { isDirect: true },
      );
    }
  }

  isMember(channelId: string, userId: string): boolean {
    return (
      this.#joining.has(`${channelId} ${userId}`) ||
      this.reference.channels.get(channelId)?.members.has(userId) === true
    );
  }

  /** Waits until whatever the last steps set going is told. */
  async settle(): Promise<void> {
    for (const id of this.reference.channels.keys())
      await inChannelOrder(new Types.ObjectId(id), async () => undefined);
    await new Promise((resolve) => setImmediate(resolve));
  }

  #mine(person: Person): RefChannel[] {
    return [...this.reference.channels.values()].filter((channel) => channel.members.has(person.id));
  }

  #messages(person: Person, where: (message: RefMessage) => boolean): RefMessage[] {
    return this.#mine(person).flatMap((channel) => channel.messages.filter((m) => !m.isNote && where(m)));
  }

  async #post(
    person: Person,
    channelId: string,
    content: string,
    parent: RefMessage | null,
    calls: string[],
    all: boolean,
  ) {
    const body = { content, clientMessageId: randomUUID(), ...(parent && { parentMessageId: parent.id }) };
    const { message } = await this.client.call(person, routes.postMessage, { params: { id: channelId }, body });
    const author = person.id;
    const parentId = parent ? (parent.parent ?? parent.id) : null;
    const added = this.reference.post({ id: message.id, channelId, author, content, parent: parentId }, calls, all);
    if (added.seq !== message.seq) throw new Error(`Stored at ${message.seq}, expected at ${added.seq}.`);
    if (!parent) this.#sent.push({ person, channelId, body });
  }

  async take({ kind, who, what, which }: Step): Promise<void> {
    const person = pick(this.people, who) as Person;
    const other = pick(this.people, which) as Person;
    const channel = pick(this.#mine(person), what);
    const text = `say ${++this.#count}`;
    const on = (messages: RefMessage[]) => pick(messages, what * 7 + which);
    const call: Client["call"] = (caller, route, more) => this.client.call(caller, route, more);

    if (kind === "send" && channel) return this.#post(person, channel.id, text, null, [], false);
    if (kind === "call" && channel)
      return this.#post(person, channel.id, `${text} @${other.username}, look`, null, [other.id], false);
    if (kind === "callAll" && channel) return this.#post(person, channel.id, `${text} @channel`, null, [], true);
    if (kind === "together" && channel) return this.#together(channel, text);
    if (kind === "repeat") {
      const sent = pick(this.#sent, what * 5 + which);
      if (!sent || !this.isMember(sent.channelId, sent.person.id)) return;
      await call(sent.person, routes.postMessage, { params: { id: sent.channelId }, body: sent.body });
      return;
    }
    if (kind === "reply" || kind === "callInReply") {
      const parent = on(this.#messages(person, () => true));
      const calls = kind === "callInReply" ? [other.id] : [];
      const content = calls.length > 0 ? `${text} @${other.username}` : text;
      return parent && this.#post(person, parent.channelId, content, parent, calls, false);
    }
    if (kind === "edit") {
      const message = on(this.#messages(person, (m) => m.author === person.id && !m.isDeleted));
      if (!message) return;
      await call(person, routes.editMessage, { params: { id: message.id }, body: { content: text } });
      return this.reference.edit(message.id, text);
    }
    if (kind === "delete") {
      const mayAll = (m: RefMessage) => this.reference.channel(m.channelId).admins.has(person.id);
      const message = on(this.#messages(person, (m) => m.author === person.id || mayAll(m)));
      if (!message) return;
      await call(person, routes.deleteMessage, { params: { id: message.id } });
      return this.reference.delete(message.id);
    }
    if (kind === "react" || kind === "unreact") {
      const message = on(this.#messages(person, (m) => !m.isDeleted));
      if (!message) return;
      const params = { id: message.id, emoji: pick(emoji, which) ?? "" };
      await call(person, kind === "react" ? routes.addReaction : routes.removeReaction, { params });
      return this.reference.react(message.id, person.id, params.emoji, kind === "react");
    }
    if ((kind === "readAll" || kind === "readSome") && channel) {
      const seq = kind === "readAll" ? channel.rev : (what * 13 + which) % (channel.rev + 1);
      await call(person, routes.markRead, { params: { id: channel.id }, body: { seq } });
      const lastRead = channel.members.get(person.id) ?? 0;
      return void channel.members.set(person.id, Math.max(lastRead, seq));
    }
    if (kind === "unread" && channel) {
      const message = on(this.reference.timeline(channel.id).filter((m) => !m.isNote));
      if (!message) return;
      await call(person, routes.markUnread, { params: { id: message.id } });
      return void channel.members.set(person.id, message.seq - 1);
    }
    if (kind === "readThread" || kind === "follow" || kind === "unfollow")
      return this.#thread(kind, person, what, which);
    if (kind === "pin" || kind === "unpin") {
      const isPin = kind === "pin";
      const message = on(this.#messages(person, (m) => !m.isDeleted && m.isPinned !== isPin));
      if (!message) return;
      await call(person, isPin ? routes.pinMessage : routes.unpinMessage, { params: { id: message.id } });
      if (isPin) this.reference.note(message.channelId, `note ${randomUUID()}`);
      this.reference.channel(message.channelId).rev++;
      message.isPinned = isPin;
      return;
    }
    if (kind === "join" || kind === "leave" || kind === "add" || kind === "remove")
      return this.#comeOrGo(kind, person, other, what);
    const device = pick(
      this.devices.filter((one) => one.userId === person.id),
      which,
    );
    if (kind === "drop") return device?.drop();
    if (kind === "reconnect" && device && !device.isConnected) return device.connect();
    if (kind === "sync" && device?.isConnected) return device.sync();
  }

  /** Everybody in a channel writes at once; the order is the system's to choose. */
  async #together(channel: RefChannel, text: string): Promise<void> {
    const authors = this.people.filter(({ id }) => channel.members.has(id));
    const posted = await Promise.all(
      authors.map((author) =>
        this.client.call(author, routes.postMessage, {
          params: { id: channel.id },
          body: { content: `${text} together`, clientMessageId: randomUUID() },
        }),
      ),
    );
    for (const { message } of posted.sort((a, b) => a.message.seq - b.message.seq)) {
      const { id, userId: author, channelId, content } = message;
      const { seq } = this.reference.post({ id, channelId, author, content, parent: null }, [], false);
      if (seq !== message.seq) throw new Error(`Stored at ${message.seq}, expected at ${seq}.`);
    }
  }

  async #thread(
    kind: "readThread" | "follow" | "unfollow",
    person: Person,
    what: number,
    which: number,
  ): Promise<void> {
    const root = pick(
      this.#messages(person, (m) => m.parent === null && this.reference.replies(m.id).length > 0),
      what * 7 + which,
    );
    if (!root) return;
    const params = { id: root.id };
    const replies = this.reference.replies(root.id);
    const follow = this.reference.followOf(root.id, person.id);
    if (kind === "readThread") {
      const seq = pick(replies, which)?.seq ?? 0;
      await this.client.call(person, routes.readThread, { params, body: { seq } });
      if (follow?.isFollowing) follow.lastRead = Math.max(follow.lastRead, seq);
      return;
    }
    await this.client.call(person, kind === "follow" ? routes.followThread : routes.unfollowThread, { params });
    const isFollowing = kind === "follow";
    if (follow?.isFollowing === isFollowing) return;
    const lastRead = isFollowing ? (replies.at(-1)?.seq ?? 0) : (follow?.lastRead ?? 0);
    this.reference.setFollow(root.id, person.id, { isFollowing, lastRead });
  }

  async #comeOrGo(
    kind: "join" | "leave" | "add" | "remove",
    person: Person,
    other: Person,
    what: number,
  ): Promise<void> {
    const { reference } = this;
    const rooms = [...reference.channels.values()].filter((channel) => !channel.isDirect);
    const comes = kind === "join" || kind === "add";
    const subject = kind === "join" || kind === "leave" ? person : other;
    const isPossible = (channel: RefChannel): boolean => {
      if (channel.members.has(subject.id) === comes) return false;
      if (kind === "join") return !channel.isPrivate;
      if (kind === "leave") return channel.members.size > 1;
      return kind === "add"
        ? channel.members.has(person.id)
        : channel.admins.has(person.id) && channel.members.size > 1 && subject !== person;
    };
    const channel = pick(rooms.filter(isPossible), what);
    if (!channel) return;
    const params = { id: channel.id, userId: subject.id };
    const key = `${channel.id} ${subject.id}`;
    if (comes) this.#joining.add(key);
    if (kind === "join") await this.client.call(person, routes.joinChannel, { params });
    else if (kind === "leave") await this.client.call(person, routes.leaveChannel, { params });
    else if (kind === "add") await this.client.call(person, routes.addMember, { params, body: { userId: subject.id } });
    else await this.client.call(person, routes.removeMember, { params });
    if (comes) {
      reference.note(channel.id, `note ${randomUUID()}`);
      reference.join(channel.id, subject.id);
    } else {
      reference.leave(channel.id, subject.id);
      reference.note(channel.id, `note ${randomUUID()}`);
    }
    await this.settle();
    this.#joining.delete(key);
  }
}

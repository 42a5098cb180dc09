/**
 * What a team chat is, in as few words as it takes: who is in which channel, what was said there, and what each has read.
 * Everything that people see is counted anew from that, each time it is asked for.
 */
export interface RefMessage {
  id: string;
  seq: number;
  channelId: string;
  author: string;
  parent: string | null;
  content: string;
  isDeleted: boolean;
  isNote: boolean;
  isPinned: boolean;
  mentions: Set<string>;
  callsAll: boolean;
  reactions: Map<string, Set<string>>;
}

interface RefFollow {
  isFollowing: boolean;
  lastRead: number;
}

export interface RefChannel {
  id: string;
  isDirect: boolean;
  isPrivate: boolean;
  rev: number;
  /** By user: the mark up to which they have read. */
  members: Map<string, number>;
  admins: Set<string>;
  /** Members in the order they came: the first inherits a channel that its administrators left. */
  order: string[];
  messages: RefMessage[];
  /** By root message, then by user. */
  follows: Map<string, Map<string, RefFollow>>;
}

const isCounted = (message: RefMessage): boolean => !message.isNote && !message.isDeleted && message.parent === null;

export class Reference {
  readonly channels = new Map<string, RefChannel>();

  channel(id: string): RefChannel {
    const channel = this.channels.get(id);
    if (!channel) throw new Error(`No channel ${id}.`);
    return channel;
  }

  find(id: string): RefMessage {
    for (const { messages } of this.channels.values()) {
      const message = messages.find((one) => one.id === id);
      if (message) return message;
    }
    throw new Error(`No message ${id}.`);
  }

  add(id: string, members: string[], admins: string[], more: { isDirect?: boolean; isPrivate?: boolean } = {}): void {
    this.channels.set(id, {
      id,
      isDirect: false,
      isPrivate: false,
      ...more,
      rev: 0,
      members: new Map(members.map((user) => [user, 0])),
      admins: new Set(admins),
      order: [...members],
      messages: [],
      follows: new Map(),
    });
  }

  /** @param calls whom the text calls by name; only members are */
  post(
    message: { id: string; channelId: string; author: string; content: string; parent: string | null },
    calls: string[],
    all: boolean,
  ): RefMessage {
    const channel = this.channel(message.channelId);
    const seq = ++channel.rev;
    const mentions = new Set(calls.filter((user) => user !== message.author && channel.members.has(user)));
    const added: RefMessage = {
      ...message,
      seq,
      mentions,
      callsAll: all,
      isDeleted: false,
      isNote: false,
      isPinned: false,
      reactions: new Map(),
    };
    channel.messages.push(added);
    if (message.parent === null) channel.members.set(message.author, seq);
    else this.#follow(channel, added);
    return added;
  }

  /** The root takes a revision too; its author, the replier and whoever is called follow from now on. */
  #follow(channel: RefChannel, reply: RefMessage): void {
    channel.rev++;
    const root = this.find(reply.parent ?? "");
    const follows = channel.follows.get(root.id) ?? new Map<string, RefFollow>();
    channel.follows.set(root.id, follows);
    if (!follows.has(root.author) && channel.members.has(root.author) && !root.isNote)
      follows.set(root.author, { isFollowing: true, lastRead: reply.seq - 1 });
    for (const user of reply.mentions) {
      const follow = follows.get(user) ?? { isFollowing: false, lastRead: 0 };
      if (!follow.isFollowing)
        follows.set(user, { isFollowing: true, lastRead: Math.max(follow.lastRead, reply.seq - 1) });
    }
    follows.set(reply.author, { isFollowing: true, lastRead: reply.seq });
  }

  note(channelId: string, id: string): void {
    const channel = this.channel(channelId);
    const seq = ++channel.rev;
    channel.messages.push({
      id,
      seq,
      channelId,
      author: "",
      parent: null,
      content: "",
      isDeleted: false,
      isNote: true,
      isPinned: false,
      mentions: new Set(),
      callsAll: false,
      reactions: new Map(),
    });
  }

  delete(id: string): void {
    const message = this.find(id);
    if (message.isDeleted) return;
    this.channel(message.channelId).rev += message.parent === null ? 1 : 2;
    Object.assign(message, { isDeleted: true, content: "", isPinned: false, reactions: new Map() });
  }

  edit(id: string, content: string): void {
    const message = this.find(id);
    if (message.content === content) return;
    message.content = content;
    this.channel(message.channelId).rev++;
  }

  react(id: string, user: string, emoji: string, on: boolean): void {
    const message = this.find(id);
    const users = message.reactions.get(emoji) ?? new Set<string>();
    if (users.has(user) === on) return;
    if (on) users.add(user);
    else users.delete(user);
    if (users.size > 0) message.reactions.set(emoji, users);
    else message.reactions.delete(emoji);
    this.channel(message.channelId).rev++;
  }

  leave(channelId: string, user: string): void {
    const channel = this.channel(channelId);
    channel.members.delete(user);
    channel.admins.delete(user);
    channel.order = channel.order.filter((one) => one !== user);
    for (const follows of channel.follows.values()) follows.delete(user);
    const [heir] = channel.order;
    if (channel.admins.size === 0 && heir) channel.admins.add(heir);
  }

  join(channelId: string, user: string): void {
    const channel = this.channel(channelId);
    channel.members.set(user, channel.rev);
    channel.order.push(user);
  }

  /** What stands in the channel itself, in order. */
  timeline(channelId: string): RefMessage[] {
    return this.channel(channelId)
      .messages.filter((message) => message.parent === null)
      .sort((a, b) => a.seq - b.seq);
  }

  replies(rootId: string): RefMessage[] {
    const { messages } = this.channel(this.find(rootId).channelId);
    return messages.filter((message) => message.parent === rootId).sort((a, b) => a.seq - b.seq);
  }

  unread(channelId: string, user: string): { unread: number; mentions: number; lastRead: number } {
    const channel = this.channel(channelId);
    const lastRead = channel.members.get(user) ?? 0;
    const open = channel.messages.filter((m) => isCounted(m) && m.author !== user && m.seq > lastRead);
    const calling = open.filter((m) => channel.isDirect || m.callsAll || m.mentions.has(user));
    return { unread: open.length, mentions: calling.length, lastRead };
  }

  /** The unread threads of somebody, by root, with how many replies and calls are new. */
  threads(user: string): Map<string, { unread: number; mentions: number }> {
    const found = new Map<string, { unread: number; mentions: number }>();
    for (const channel of this.channels.values())
      for (const [root, follows] of channel.follows) {
        const follow = follows.get(user);
        if (!follow?.isFollowing) continue;
        const open = this.replies(root).filter((m) => !m.isDeleted && m.author !== user && m.seq > follow.lastRead);
        const mentions = open.filter((m) => m.callsAll || m.mentions.has(user)).length;
        if (open.length > 0) found.set(root, { unread: open.length, mentions });
      }
    return found;
  }

  followOf(rootId: string, user: string): RefFollow | undefined {
    return this.channel(this.find(rootId).channelId).follows.get(rootId)?.get(user);
  }

  setFollow(rootId: string, user: string, follow: RefFollow): void {
    const channel = this.channel(this.find(rootId).channelId);
    const follows = channel.follows.get(rootId) ?? new Map<string, RefFollow>();
    channel.follows.set(rootId, follows.set(user, follow));
  }
}

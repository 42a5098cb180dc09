import type { Channel, ChannelSync, Event, Membership, Message, Thread } from "@connectbest/contract";
import fc from "fast-check";
import {
  aChannel,
  aDraft,
  aMembership,
  aMessage,
  aState,
  aThread,
  channelId,
  meId,
  otherId,
  quietSync,
  spot,
} from "@/testing/factories";
import { applyEvent } from "./apply-event";
import { applySync, heldRevisions, isBehind } from "./apply-sync";
import { withPage } from "./room";
import { standingNow } from "./standing";
import { emptyRoom } from "./state";
import type { ChatState, Room } from "./state";
import { withRoot, withThread } from "./threads";

/** A server of one channel, as simple as can be: what a fresh load of it says is the truth. */
interface Server {
  messages: Message[];
  rev: number;
  lastReadSeq: number;
  version: number;
  /** My standing in threads, by the message that they hang under. */
  threads: Map<string, Thread>;
}

type Step =
  | { kind: "mine" | "other" | "call" | "read" }
  | {
      kind: "edit" | "delete" | "react" | "reactMyself" | "pin" | "reply" | "callingReply" | "myReply";
      pick: number;
    }
  | { kind: "unread" | "readThread" | "unreadThread"; pick: number };

const counts = (message: Message) => message.userId !== meId && message.parentMessageId === null && !message.isDeleted;
const unreadOn = ({ messages, lastReadSeq }: Server) =>
  messages.filter((message) => counts(message) && message.seq > lastReadSeq);

const membershipOn = (server: Server): Membership =>
  aMembership({
    lastReadSeq: server.lastReadSeq,
    unreadCount: unreadOn(server).length,
    mentionCount: unreadOn(server).filter((message) => message.mentions.includes(meId)).length,
    version: server.version,
  });

const read = (server: Server, upTo: number): Event => {
  server.lastReadSeq = upTo;
  server.version++;
  return { type: "membership.updated", channelId, rev: server.rev, membership: membershipOn(server) };
};

const repliesOn = ({ messages }: Server, rootId: string) =>
  messages.filter((message) => message.parentMessageId === rootId);

/** My standing in a thread is another: its version rises. Nothing to tell where it is not. */
function stand(server: Server, rootId: string, change: Partial<Thread> = {}): Event[] {
  const before = server.threads.get(rootId) ?? aThread({ messageId: rootId, isFollowing: false, version: 0 });
  const { lastReadSeq, isFollowing } = { ...before, ...change };
  const unread = repliesOn(server, rootId).filter(
    (reply) => isFollowing && reply.userId !== meId && reply.seq > lastReadSeq && !reply.isDeleted,
  );
  const mentionCount = unread.filter((reply) => reply.mentions.includes(meId)).length;
  const after = { ...before, lastReadSeq, isFollowing, unreadCount: unread.length, mentionCount };
  if (JSON.stringify(after) === JSON.stringify(before)) return [];
  const thread = { ...after, version: before.version + 1 };
  server.threads.set(rootId, thread);
  return [{ type: "thread.updated", thread }];
}

/** A message becomes another, by the next revision. */
function change(server: Server, message: Message, more: Partial<Message>): Event {
  const rev = ++server.rev;
  const changed = { ...message, ...more, rev };
  server.messages = server.messages.map((one) => (one.id === message.id ? changed : one));
  return more.isDeleted
    ? { type: "message.deleted", channelId, rev, message: changed, channel: { ...channelOn(server), membership: null } }
    : { type: "message.updated", channelId, rev, message: changed };
}

function create(server: Server, more: Partial<Message>): Event {
  const rev = ++server.rev;
  const message = aMessage(rev, more);
  server.messages = [...server.messages, message];
  return { type: "message.created", channelId, rev, message };
}

/** What hangs under a message is another, and so is my standing to it. */
function threadChanged(server: Server, rootId: string, standing?: Partial<Thread>): Event[] {
  const root = server.messages.find(({ id }) => id === rootId);
  const replyCount = repliesOn(server, rootId).filter((reply) => !reply.isDeleted).length;
  return [...(root ? [change(server, root, { replyCount })] : []), ...stand(server, rootId, standing)];
}

const toggled = ({ reactions }: Message, userId: string): Message["reactions"] => {
  const others = (reactions[0]?.userIds ?? []).filter((id) => id !== userId);
  const userIds = reactions[0]?.userIds.includes(userId) ? others : [...others, userId];
  return userIds.length === 0 ? [] : [{ emoji: "👍", count: userIds.length, userIds }];
};

/** What is done to a message that is there. */
function changeOf(server: Server, kind: Step["kind"], picked: Message): Event[] | null {
  if (kind === "delete") {
    if (picked.isDeleted) return [];
    const gone = change(server, picked, { isDeleted: true, content: "", reactions: [], isPinned: false });
    return [gone, ...(picked.parentMessageId ? threadChanged(server, picked.parentMessageId) : [])];
  }
  const changes: Partial<Record<Step["kind"], Partial<Message>>> = {
    edit: { content: `edited ${server.rev}`, isEdited: true },
    react: { reactions: toggled(picked, otherId) },
    reactMyself: { reactions: toggled(picked, meId) },
    pin: { isPinned: !picked.isPinned },
  };
  const more = changes[kind];
  if (!more) return null;
  return picked.isDeleted ? [] : [change(server, picked, more)];
}

function take(server: Server, step: Step): Event[] {
  if (step.kind === "read") return [read(server, server.rev)];
  const picked = "pick" in step ? server.messages[step.pick % Math.max(1, server.messages.length)] : undefined;
  const rootId = picked?.parentMessageId ?? picked?.id;
  const changed = picked && changeOf(server, step.kind, picked);
  if (changed) return changed;
  switch (step.kind) {
    case "unread":
      return [read(server, picked && !picked.parentMessageId ? picked.seq - 1 : server.rev)];
    case "readThread":
      return rootId ? stand(server, rootId, { lastReadSeq: server.rev }) : [];
    case "unreadThread":
      return picked && rootId ? stand(server, rootId, { lastReadSeq: picked.seq - 1 }) : [];
    case "reply":
    case "callingReply":
    case "myReply":
      return rootId ? reply(server, step.kind, rootId) : [];
    case "mine": {
      const event = create(server, { userId: meId });
      server.lastReadSeq = server.rev;
      server.version++;
      return [event];
    }
    default:
      return [create(server, { mentions: step.kind === "call" ? [meId] : [] })];
  }
}

function reply(server: Server, kind: "reply" | "callingReply" | "myReply", rootId: string): Event[] {
  const event = create(server, {
    parentMessageId: rootId,
    userId: kind === "myReply" ? meId : otherId,
    mentions: kind === "callingReply" ? [meId] : [],
  });
  const seq = server.rev;
  const isFollowing = server.threads.get(rootId)?.isFollowing ?? false;
  const standings = {
    reply: {},
    callingReply: isFollowing ? {} : { isFollowing: true, lastReadSeq: seq - 1 },
    myReply: { isFollowing: true, lastReadSeq: seq },
  };
  return [event, ...threadChanged(server, rootId, standings[kind])];
}

const lastOn = ({ messages }: Server): Channel["lastMessage"] => {
  const last = messages.findLast((message) => message.parentMessageId === null && !message.isDeleted);
  if (!last) return null;
  const { id, userId, user, content, createdAt } = last;
  return { id, userId, userName: user.name, excerpt: content, createdAt };
};

const channelOn = (server: Server): Channel =>
  aChannel({ rev: server.rev, membership: membershipOn(server), lastMessage: lastOn(server) });

/** Loading everything anew: the list, the channel's page, and the threads that are open. */
function freshLoad(server: Server, openThreads: readonly string[]): ChatState {
  const loaded = (parentMessageId: string | null): Room => {
    const messages = server.messages.filter((message) => message.parentMessageId === parentMessageId);
    return withPage(
      emptyRoom({ ...spot, parentMessageId }),
      { messages, hasMoreBefore: false, hasMoreAfter: false },
      "newest",
    );
  };
  const state: ChatState = {
    ...aState(channelOn(server)),
    rooms: Object.fromEntries([null, ...openThreads].map((rootId) => [rootId ?? channelId, loaded(rootId)])),
  };
  return withStandings(
    server.messages.filter(({ id }) => openThreads.includes(id)).reduce(withRoot, state),
    server,
    openThreads,
  );
}

/** As a page of a thread tells them. */
const withStandings = (state: ChatState, server: Server, openThreads: readonly string[]): ChatState =>
  openThreads.flatMap((rootId) => server.threads.get(rootId) ?? []).reduce(withThread, state);

function syncFrom(server: Server, state: ChatState): ChannelSync {
  const since = heldRevisions(state)[channelId] ?? 0;
  const messages = server.messages.filter((message) => message.rev > since).sort((a, b) => a.rev - b.rev);
  const membership = membershipOn(server);
  return { id: channelId, rev: server.rev, membership, channel: channelOn(server), messages, limited: false };
}

/** What a person would see. */
const seen = (state: ChatState, openThreads: readonly string[] = []) => {
  const channel = state.channels?.[channelId];
  return {
    messages: state.rooms[channelId]?.messages,
    level: channel?.level,
    isBehind: isBehind(state),
    standing: channel && standingNow(channel.standing),
    last: channel?.channel.lastMessage,
    threads: openThreads.map((rootId) => ({
      replies: state.rooms[rootId]?.messages,
      root: state.threads[rootId]?.root,
      standing: state.threads[rootId]?.standing ?? null,
    })),
  };
};

const pick = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom("mine" as const, "other" as const, "call" as const, "read" as const) }),
  fc.record({
    kind: fc.constantFrom("edit" as const, "delete" as const, "react" as const, "reactMyself" as const, "pin" as const),
    pick,
  }),
  fc.record({ kind: fc.constantFrom("reply" as const, "callingReply" as const, "myReply" as const), pick }),
  fc.record({ kind: fc.constantFrom("unread" as const, "readThread" as const, "unreadThread" as const), pick }),
);

const emptyServer = (): Server => ({ messages: [], rev: 0, lastReadSeq: 0, version: 0, threads: new Map() });

const play = (before: Step[], after: Step[]) => {
  const server = emptyServer();
  for (const one of before) take(server, one);
  // Whatever thread could be open is.
  const open = server.messages.filter(({ parentMessageId }) => parentMessageId === null).map(({ id }) => id);
  const start = freshLoad(server, open);
  return { server, start, open, events: after.flatMap((one) => take(server, one)) };
};

/** Some events lost, some twice, all in any order. */
const disturbed = (events: Event[], order: number[]): Event[] =>
  events.length === 0 ? [] : order.map((pick) => events[pick % events.length] as Event);

const heardBy = (state: ChatState, events: readonly Event[]): ChatState =>
  events.reduce((next, event) => applyEvent(next, event, 0), state);

const synced = (state: ChatState, server: Server): ChatState =>
  applySync(state, { channels: [syncFrom(server, state)], removed: [], added: [], ...quietSync });

test("whatever happens to the events, one sync brings the state level with a fresh load", () => {
  fc.assert(
    fc.property(fc.array(step), fc.array(step), fc.array(fc.nat(40)), (before, after, order) => {
      const { server, start, open, events } = play(before, after);
      const level = synced(heardBy(start, disturbed(events, order)), server);
      // A sync tells nothing of how I stand to single threads: their pages do.
      expect(seen(withStandings(level, server, open), open)).toEqual(seen(freshLoad(server, open), open));
    }),
    { numRuns: 400 },
  );
});

test("what comes late, after a sync or a page told it already, changes nothing", () => {
  fc.assert(
    fc.property(fc.array(step), fc.array(step), fc.array(fc.nat(40)), (before, after, order) => {
      const { server, events, open } = play(before, after);
      const fresh = freshLoad(server, open);
      expect(seen(heardBy(fresh, disturbed(events, order)), open)).toEqual(seen(fresh, open));
    }),
    { numRuns: 200 },
  );
});

test("events in any order, each at least once, leave my standing in threads, replies and reactions as a fresh load", () => {
  fc.assert(
    fc.property(
      fc.array(step),
      fc.array(step),
      fc.array(fc.nat(40)),
      fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }),
      (before, after, twice, weights) => {
        const { server, start, open, events } = play(before, after);
        const shuffled = [...events, ...disturbed(events, twice)]
          .map((event, index) => ({ event, weight: weights[index % weights.length] ?? 0 }))
          .sort((a, b) => a.weight - b.weight)
          .map(({ event }) => event);
        const { messages, level, isBehind: behind, threads } = seen(heardBy(start, shuffled), open);
        const fresh = seen(freshLoad(server, open), open);
        expect({ messages, level, behind, threads }).toEqual({
          messages: fresh.messages,
          level: fresh.level,
          behind: false,
          threads: fresh.threads,
        });
      },
    ),
    { numRuns: 300 },
  );
});

test("events alone, each heard once and in order, already equal a fresh load", () => {
  fc.assert(
    fc.property(fc.array(step), fc.array(step), (before, after) => {
      const { server, start, open, events } = play(before, after);
      expect(seen(heardBy(start, events), open)).toEqual(seen(freshLoad(server, open), open));
    }),
    { numRuns: 200 },
  );
});

test("every event twice is as good as once", () => {
  fc.assert(
    fc.property(fc.array(step), fc.array(step), (before, after) => {
      const { start, open, events } = play(before, after);
      const once = heardBy(start, events);
      expect(seen(heardBy(once, events), open)).toEqual(seen(once, open));
    }),
    { numRuns: 200 },
  );
});

test("a sync answer that was overtaken by events does not undo them", () => {
  const { server, start } = play([{ kind: "other" }], []);
  const old = syncFrom(server, start);
  const heard = heardBy(start, take(server, { kind: "other" }));
  const merged = applySync(heard, { channels: [old], removed: [], added: [], ...quietSync });
  expect(seen(merged)).toEqual(seen(freshLoad(server, [])));
});

test("a limited sync marks the room for a fresh page and takes the truth about what is unread", () => {
  const { server, start } = play([{ kind: "other" }], [{ kind: "other" }, { kind: "other" }]);
  const limited = { ...syncFrom(server, start), messages: [], limited: true };
  const state = applySync(start, { channels: [limited], removed: [], added: [], ...quietSync });
  expect(state.rooms[channelId]?.isStale).toBe(true);
  expect(seen(state).standing?.unreadCount).toBe(3);
});

test("a sync brings channels that are new to me and takes those that are no longer mine", () => {
  const added = aChannel({ id: otherId, name: "news" });
  const state = applySync(aState(aChannel()), { channels: [], removed: [channelId], added: [added], ...quietSync });
  expect(Object.keys(state.channels ?? {})).toEqual([otherId]);
});

test("a limited sync marks the threads of the channel too, and no other channel's room", () => {
  const { server, open } = play([{ kind: "other" }], []);
  const elsewhere = emptyRoom({ channelId: otherId, parentMessageId: null });
  const start = freshLoad(server, open);
  const limited = { ...syncFrom(server, start), messages: [], limited: true };
  const state = applySync(
    { ...start, rooms: { ...start.rooms, [otherId]: elsewhere } },
    { channels: [limited], removed: [], added: [], ...quietSync },
  );
  expect(open.map((rootId) => state.rooms[rootId]?.isStale)).toEqual([true]);
  expect(state.rooms[otherId]).toBe(elsewhere);
});

test("a sync tells what stands beside the channels: threads, drafts, sections and notifications", () => {
  const sections = [{ id: otherId, name: "Work" }];
  const state = applySync(aState(), {
    channels: [],
    removed: [],
    added: [],
    threads: { unreadCount: 2, mentionCount: 1 },
    drafts: [aDraft("begun")],
    sections,
    notifications: { unreadCount: 3 },
  });
  expect(state).toMatchObject({
    threadCounts: { unreadCount: 2, mentionCount: 1 },
    drafts: { [channelId]: { content: "begun" } },
    sections,
    unseenNotifications: 3,
  });
});

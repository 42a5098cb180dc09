import type { Channel, ChannelSync, Event, Membership, Message } from "@connectbest/contract";
import fc from "fast-check";
import { aChannel, aMembership, aMessage, aState, channelId, meId, otherId, quietSync } from "@/testing/factories";
import { applyEvent } from "./apply-event";
import { applySync, heldRevisions, isBehind } from "./apply-sync";
import { withPage } from "./room";
import { standingNow } from "./standing";
import { emptyRoom } from "./state";
import type { ChatState } from "./state";

/** A server of one channel, as simple as can be: what a fresh load of it says is the truth. */
interface Server {
  messages: Message[];
  rev: number;
  lastReadSeq: number;
  version: number;
}

type Step =
  { kind: "mine" | "other" | "call" | "read" } | { kind: "edit" | "delete" | "reply" | "unread"; pick: number };

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

function take(server: Server, step: Step): Event {
  if (step.kind === "read") return read(server, server.rev);
  const picked = "pick" in step ? server.messages[step.pick % Math.max(1, server.messages.length)] : undefined;
  if (step.kind === "unread") return read(server, picked && !picked.parentMessageId ? picked.seq - 1 : server.rev);
  const rev = ++server.rev;
  if (picked && (step.kind === "edit" || step.kind === "delete")) {
    const isDeletion = step.kind === "delete" && !picked.isDeleted;
    const changed = { ...picked, rev, ...(isDeletion ? { isDeleted: true, content: "" } : { replyCount: rev }) };
    server.messages = server.messages.map((message) => (message.id === changed.id ? changed : message));
    return { type: isDeletion ? "message.deleted" : "message.updated", channelId, rev, message: changed };
  }
  const message = aMessage(rev, {
    userId: step.kind === "mine" ? meId : otherId,
    ...(step.kind === "call" && { mentions: [meId] }),
    ...(step.kind === "reply" && picked && { parentMessageId: picked.parentMessageId ?? picked.id }),
  });
  server.messages = [...server.messages, message];
  if (step.kind === "mine") {
    server.lastReadSeq = rev;
    server.version++;
  }
  return { type: "message.created", channelId, rev, message };
}

const channelOn = (server: Server): Channel => aChannel({ rev: server.rev, membership: membershipOn(server) });

/** Loading everything anew: the list, then the channel's page. */
function freshLoad(server: Server): ChatState {
  const messages = server.messages.filter((message) => message.parentMessageId === null);
  const page = { messages, hasMoreBefore: false, hasMoreAfter: false };
  return { ...aState(channelOn(server)), rooms: { [channelId]: withPage(emptyRoom, page, "newest") } };
}

function syncFrom(server: Server, state: ChatState): ChannelSync {
  const since = heldRevisions(state)[channelId] ?? 0;
  const messages = server.messages.filter((message) => message.rev > since).sort((a, b) => a.rev - b.rev);
  const membership = membershipOn(server);
  return { id: channelId, rev: server.rev, membership, channel: channelOn(server), messages, limited: false };
}

/** What a person would see. */
const seen = (state: ChatState) => {
  const channel = state.channels?.[channelId];
  return {
    messages: state.rooms[channelId]?.messages,
    level: channel?.level,
    isBehind: isBehind(state),
    standing: channel && standingNow(channel.standing),
  };
};

const pick = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom("mine" as const, "other" as const, "call" as const, "read" as const) }),
  fc.record({
    kind: fc.constantFrom("edit" as const, "delete" as const, "reply" as const, "unread" as const),
    pick,
  }),
);

const play = (before: Step[], after: Step[]) => {
  const server: Server = { messages: [], rev: 0, lastReadSeq: 0, version: 0 };
  for (const one of before) take(server, one);
  const start = freshLoad(server);
  return { server, start, events: after.map((one) => take(server, one)) };
};

/** Some events lost, some twice, all in any order. */
const disturbed = (events: Event[], order: number[]): Event[] =>
  events.length === 0 ? [] : order.map((pick) => events[pick % events.length] as Event);

test("whatever happens to the events, one sync brings the state level with a fresh load", () => {
  fc.assert(
    fc.property(fc.array(step), fc.array(step), fc.array(fc.nat(40)), (before, after, order) => {
      const { server, start, events } = play(before, after);
      const heard = disturbed(events, order).reduce((state, event) => applyEvent(state, event, 0), start);
      const level = applySync(heard, { channels: [syncFrom(server, heard)], removed: [], added: [], ...quietSync });
      expect(seen(level)).toEqual(seen(freshLoad(server)));
    }),
    { numRuns: 400 },
  );
});

test("events alone, each heard once and in order, already equal a fresh load", () => {
  fc.assert(
    fc.property(fc.array(step), fc.array(step), (before, after) => {
      const { server, start, events } = play(before, after);
      expect(seen(events.reduce((state, event) => applyEvent(state, event, 0), start))).toEqual(
        seen(freshLoad(server)),
      );
    }),
    { numRuns: 200 },
  );
});

test("every event twice is as good as once", () => {
  fc.assert(
    fc.property(fc.array(step), fc.array(step), (before, after) => {
      const { start, events } = play(before, after);
      const once = events.reduce((state, event) => applyEvent(state, event, 0), start);
      expect(seen(events.reduce((state, event) => applyEvent(state, event, 0), once))).toEqual(seen(once));
    }),
    { numRuns: 200 },
  );
});

test("a sync answer that was overtaken by events does not undo them", () => {
  const { server, start } = play([{ kind: "other" }], []);
  const old = syncFrom(server, start);
  const event = take(server, { kind: "other" });
  const heard = applyEvent(start, event, 0);
  const merged = applySync(heard, { channels: [old], removed: [], added: [], ...quietSync });
  expect(seen(merged)).toEqual(seen(freshLoad(server)));
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

import type { Event, Message } from "@connectbest/contract";
import {
  aChannel,
  aFile,
  aMembership,
  aMessage,
  anEntry,
  aState,
  aUser,
  at,
  channelId,
  id,
  meId,
  otherId,
  spot,
} from "@/testing/factories";
import { applyEvent, typingHolds, withoutSilentTypists } from "./apply-event";
import { withPage } from "./room";
import { titleOf, unreadOf } from "./selectors";
import { emptyRoom } from "./state";
import type { ChannelState, ChatState } from "./state";

const now = Date.parse(at(60));
const created = (message: Message): Event => ({ type: "message.created", channelId, rev: message.rev, message });
const apply = (state: ChatState, ...events: Event[]) =>
  events.reduce((next, event) => applyEvent(next, event, now), state);
const unread = (state: ChatState) => {
  const channel = state.channels?.[channelId];
  return channel ? unreadOf(channel) : null;
};
const opened = (state: ChatState): ChatState => ({
  ...state,
  rooms: {
    [channelId]: withPage(emptyRoom(spot), { messages: [], hasMoreBefore: false, hasMoreAfter: false }, "newest"),
  },
});

test("an arriving message is shown, counted and becomes the channel's latest", () => {
  const state = apply(opened(aState(aChannel())), created(aMessage(1, { content: "first\nsecond   line" })));
  expect(state.rooms[channelId]?.messages).toHaveLength(1);
  expect(unread(state)).toBe(1);
  expect(state.channels?.[channelId]?.channel.lastMessage?.excerpt).toBe("first second line");
});

test("my own message, from whatever device, reads the channel", () => {
  const state = apply(aState(aChannel()), created(aMessage(1)), created(aMessage(2, { userId: meId })));
  expect(unread(state)).toBe(0);
});

test("an acknowledgement and the event of the same message are one message", () => {
  const mine = aMessage(1, { userId: meId, clientMessageId: "a" });
  const entry = anEntry("a");
  const start: ChatState = { ...opened(aState(aChannel())), outbox: [entry] };
  const state = apply(start, { type: "ack", clientMessageId: "a", message: mine }, created(mine));
  expect(state.outbox).toEqual([]);
  expect(state.rooms[channelId]?.messages).toEqual([mine]);
});

test("somebody else's message never takes mine out of the outbox", () => {
  const entry = anEntry("a");
  const state = apply({ ...aState(aChannel()), outbox: [entry] }, created(aMessage(1, { clientMessageId: "a" })));
  expect(state.outbox).toEqual([entry]);
});

test("a jump of the revision is held against the channel until it is filled", () => {
  const state = apply(aState(aChannel()), created(aMessage(3)));
  expect(state.channels?.[channelId]).toMatchObject({ level: 0, head: 3 });
  const filled = apply(state, created(aMessage(1)), created(aMessage(2)));
  expect(filled.channels?.[channelId]).toMatchObject({ level: 3, head: 3, ahead: [] });
});

test("an edit is shown in its place, and of what was last said", () => {
  const edited = aMessage(1, { rev: 2, content: "mended", isEdited: true });
  const state = apply(opened(aState(aChannel())), created(aMessage(1)), {
    type: "message.updated",
    channelId,
    rev: 2,
    message: edited,
  });
  expect(state.rooms[channelId]?.messages).toEqual([edited]);
  expect(state.channels?.[channelId]?.channel.lastMessage?.excerpt).toBe("mended");
  expect(unread(state)).toBe(1);
});

test("what is deleted is unread no more, also when the server had counted it", () => {
  const gone = (seq: number, rev: number): Event => ({
    type: "message.deleted",
    channelId,
    rev,
    message: aMessage(seq, { rev, content: "", isDeleted: true }),
  });
  const counted = aState(aChannel({ rev: 2, membership: aMembership({ unreadCount: 2 }) }));
  expect(unread(apply(counted, gone(1, 3), gone(1, 3)))).toBe(1);
  expect(unread(apply(counted, created(aMessage(3)), gone(3, 4)))).toBe(2);
});

test("a reply is nobody's unread message, stands in no channel, and is a step of its revision", () => {
  const reply = aMessage(1, { parentMessageId: id(999) });
  const state = apply(opened(aState(aChannel())), created(reply));
  expect(state.rooms[channelId]?.messages).toEqual([]);
  expect(unread(state)).toBe(0);
  expect(state.channels?.[channelId]?.level).toBe(1);
});

test("somebody's new name stands at their messages and in our conversation", () => {
  const dm = aChannel({ type: "dm", name: null, participants: [aUser(1), aUser(2)] });
  const state = apply(opened(aState(dm)), created(aMessage(1)), {
    type: "user.updated",
    user: aUser(2, { name: "Noor" }),
  });
  expect(state.rooms[channelId]?.messages[0]?.user.name).toBe("Noor");
  expect(titleOf((state.channels?.[channelId] as ChannelState).channel, meId)).toBe("Noor");
});

test("reading on another device clears the badge here", () => {
  const state = apply(aState(aChannel()), created(aMessage(1)), created(aMessage(2)), {
    type: "membership.updated",
    channelId,
    rev: 2,
    membership: aMembership({ lastReadSeq: 2, version: 1 }),
  });
  expect(unread(state)).toBe(0);
});

test("a channel that I was added to appears; one that many hear of, and is not mine, does not", () => {
  const added = apply(aState(), { type: "channel.updated", channel: aChannel() });
  expect(added.channels?.[channelId]?.channel.name).toBe("general");
  expect(apply(aState(), { type: "channel.updated", channel: aChannel({ membership: null }) }).channels).toEqual({});
});

test("a channel's new name keeps my standing in it", () => {
  const state = apply(aState(aChannel()), created(aMessage(1)), {
    type: "channel.updated",
    channel: aChannel({ name: "lobby", membership: null, rev: 1 }),
  });
  expect(state.channels?.[channelId]?.channel.name).toBe("lobby");
  expect(unread(state)).toBe(1);
});

test("a removed channel goes with everything in it", () => {
  const state = apply(opened(aState(aChannel())), { type: "channel.removed", channelId });
  expect(state.channels).toEqual({});
  expect(state.rooms).toEqual({});
});

test("members coming and going are counted by the note of it, in whatever order it arrives", () => {
  const noted = (seq: number, memberCount: number): Event => ({
    type: "message.created",
    channelId,
    rev: seq,
    message: aMessage(seq, { type: "system" }),
    channel: aChannel({ rev: seq, memberCount, membership: null }),
  });
  const state = apply(aState(aChannel()), noted(2, 2), noted(1, 3));
  expect(state.channels?.[channelId]?.channel.memberCount).toBe(2);
  expect(unread(state)).toBe(0);
});

test("my own going removes the channel", () => {
  const left = apply(aState(aChannel()), { type: "member.left", channelId, user: aUser(1), memberCount: 2 });
  expect(left.channels).toEqual({});
});

test("when the last message is deleted, what stood before it is the last again", () => {
  const before = { id: id(1001), userId: otherId, userName: "Other", excerpt: "message 1", createdAt: at(1) };
  const state = apply(aState(aChannel()), created(aMessage(1)), created(aMessage(2)), {
    type: "message.deleted",
    channelId,
    rev: 3,
    message: aMessage(2, { rev: 3, isDeleted: true, content: "" }),
    channel: aChannel({ rev: 3, lastMessage: before, membership: null }),
  });
  expect(state.channels?.[channelId]?.channel.lastMessage).toEqual(before);
});

test("typing shows until it stops, the message comes, or it falls silent", () => {
  const typing: Event = { type: "typing", channelId, userId: otherId, userName: "Other", isTyping: true };
  const state = apply(aState(aChannel()), typing);
  expect(Object.keys(state.typing[channelId] ?? {})).toEqual([otherId]);
  expect(apply(state, { ...typing, isTyping: false }).typing[channelId]).toEqual({});
  expect(apply(state, created(aMessage(1))).typing[channelId]).toEqual({});
  expect(withoutSilentTypists(state, now + typingHolds - 1)).toBe(state);
  expect(withoutSilentTypists(state, now + typingHolds).typing[channelId]).toEqual({});
});

test("my own typing, from another device, is not shown to me", () => {
  const event: Event = { type: "typing", channelId, userId: meId, userName: "Me", isTyping: true };
  expect(apply(aState(aChannel()), event).typing[channelId]).toBeUndefined();
});

test("presence is what was said last", () => {
  const state = apply(aState(), { type: "presence", userId: otherId, status: "online", statusMessage: "at lunch" });
  expect(state.statusMessages[otherId]).toBe("at lunch");
  expect(
    apply(state, { type: "presence", userId: otherId, status: "away", statusMessage: null }).presence[otherId],
  ).toBe("away");
});

test("what concerns the connection, and what a newer server may say, change nothing", () => {
  const state = aState(aChannel());
  const events = [
    { type: "connected", connectionId: "c", userId: meId, serverTime: at(0) },
    { type: "pong", at: at(0) },
    { type: "error", code: "not_found", error: "No." },
    { type: "session.revoked" },
    { type: "reaction.thrown", who: id(9) },
  ] as unknown as Event[];
  expect(apply(state, ...events)).toBe(state);
});

test("a direct message is called by the other person", () => {
  const channel = aChannel({ type: "dm", name: null, participants: [aUser(1), aUser(2, { name: "Noor" })] });
  expect(titleOf(channel, meId)).toBe("Noor");
});

test("what I saved, here or elsewhere, is known", () => {
  const event: Event = { type: "bookmark.updated", messageId: id(7), isBookmarked: true };
  const state = apply(aState(), event);
  expect(state.saved).toEqual({ [id(7)]: true });
  expect(apply(state, { ...event, isBookmarked: false }).saved[id(7)]).toBe(false);
});

test("sections are what was said last", () => {
  const sections = [{ id: id(50), name: "Work" }];
  expect(apply(aState(), { type: "sections.updated", sections }).sections).toEqual(sections);
});

test("notifications are counted by the server: a new one, and reading them", () => {
  const told = apply(aState(), { type: "notification", unreadCount: 3 } as unknown as Event);
  expect(told.unseenNotifications).toBe(3);
  expect(apply(told, { type: "notifications.read", unreadCount: 0 } as unknown as Event).unseenNotifications).toBe(0);
});

test("somebody's new name stands wherever they are known, and nobody else's is touched", () => {
  const known = { ...aState(), people: { [id(2)]: aUser(2) } };
  const renamed = aUser(2, { name: "Noor" });
  expect(apply(known, { type: "user.updated", user: renamed }).people).toEqual({ [id(2)]: renamed });
  expect(apply(known, { type: "user.updated", user: aUser(3) }).people).toEqual(known.people);
});

test("a channel's last message is called by its files where it has no words", () => {
  const file = { ...aFile(1), name: "plan.pdf" };
  const state = apply(aState(aChannel()), created(aMessage(1, { content: "", attachments: [file, aFile(2)] })));
  expect(state.channels?.[channelId]?.channel.lastMessage?.excerpt).toBe("plan.pdf, file-2.txt");
});

import type { Event } from "@connectbest/contract";
import {
  aChannel,
  aMessage,
  anEntry,
  aState,
  aThread,
  channelId,
  id,
  meId,
  rootId,
  threadSpot,
} from "@/testing/factories";
import { applyEvent } from "./apply-event";
import { withMessageIn } from "./channels";
import { withPage } from "./room";
import { unreadOf } from "./selectors";
import { spotKey } from "./spot";
import { emptyRoom } from "./state";
import type { ChannelState, ChatState } from "./state";
import { withRoot, withThread, withThreadRead } from "./threads";

const standing = (state: ChatState) => state.threads[rootId]?.standing;
const root = aMessage(1, { id: rootId });

test("of two words about my standing the later one stands, in whatever order they arrive", () => {
  const early = aThread({ version: 1, unreadCount: 1 });
  const late = aThread({ version: 2, unreadCount: 2 });
  for (const words of [
    [early, late],
    [late, early],
    [late, early, late],
  ])
    expect(standing(words.reduce(withThread, aState()))).toEqual(late);
});

test("an event tells of my standing", () => {
  const event: Event = { type: "thread.updated", thread: aThread({ unreadCount: 4 }) };
  expect(standing(applyEvent(aState(), event, 0))?.unreadCount).toBe(4);
});

test("my standing and the message above come apart and are kept together", () => {
  const state = withThread(withRoot(aState(), root), aThread());
  expect(state.threads[rootId]).toEqual({ root, standing: aThread() });
});

test("an older revision of the message above changes nothing", () => {
  const edited = { ...root, rev: 9, content: "mended" };
  expect(withRoot(withRoot(aState(), edited), root).threads[rootId]?.root?.content).toBe("mended");
});

test("the message above follows what happens to it in the channel, where its thread is known", () => {
  const edited = { ...root, rev: 9, replyCount: 3 };
  expect(withMessageIn(withRoot(aState(), root), edited).threads[rootId]?.root?.replyCount).toBe(3);
  expect(withMessageIn(aState(), edited).threads).toEqual({});
});

test("a reply stands in its thread's room and not in the channel's", () => {
  const page = { messages: [], hasMoreBefore: false, hasMoreAfter: false };
  const start: ChatState = {
    ...aState(aChannel()),
    rooms: { [spotKey(threadSpot)]: withPage(emptyRoom(threadSpot), page, "newest") },
  };
  const reply = aMessage(2, { parentMessageId: rootId });
  const state = applyEvent(start, { type: "message.created", channelId, rev: 2, message: reply }, 0);
  expect(state.rooms[rootId]?.messages).toEqual([reply]);
  expect(state.rooms[channelId]).toBeUndefined();
});

test("a reply of mine leaves the outbox, and reads nothing in the channel", () => {
  const outbox = [anEntry("k", { parentMessageId: rootId })];
  const heard = withMessageIn({ ...aState(aChannel({ rev: 1 })), outbox }, aMessage(2));
  const mine = aMessage(3, { parentMessageId: rootId, userId: meId, clientMessageId: "k" });
  const state = withMessageIn(heard, mine);
  expect(state.outbox).toEqual([]);
  expect(unreadOf(state.channels?.[channelId] as ChannelState)).toBe(1);
});

test("reading counts at once, and never backwards", () => {
  const unread = withThread(aState(), aThread({ lastReadSeq: 3, unreadCount: 2, mentionCount: 1 }));
  const read = withThreadRead(unread, rootId, 5);
  expect(standing(read)).toMatchObject({ lastReadSeq: 5, unreadCount: 0, mentionCount: 0 });
  expect(withThreadRead(read, rootId, 4)).toBe(read);
  expect(withThreadRead(aState(), rootId, 4).threads).toEqual({});
});

test("the server's answer to my reading, and what came after it, stand", () => {
  const read = withThreadRead(withThread(aState(), aThread({ version: 1, unreadCount: 2 })), rootId, 5);
  const answered = withThread(read, aThread({ version: 2, lastReadSeq: 5 }));
  expect(standing(withThread(answered, aThread({ version: 3, lastReadSeq: 5, unreadCount: 1 })))?.unreadCount).toBe(1);
});

test("somebody typing in a thread is not typing in its channel", () => {
  const typing: Event = {
    type: "typing",
    channelId,
    parentMessageId: rootId,
    userId: id(2),
    userName: "Other",
    isTyping: true,
  };
  const state = applyEvent(aState(aChannel()), typing, 0);
  expect(Object.keys(state.typing[rootId] ?? {})).toEqual([id(2)]);
  expect(state.typing[channelId]).toBeUndefined();
  const reply = aMessage(2, { parentMessageId: rootId });
  const said = applyEvent(state, { type: "message.created", channelId, rev: 2, message: reply }, 0);
  expect(said.typing[rootId]).toEqual({});
});

test("a channel that is no longer mine takes its threads' rooms along", () => {
  const start: ChatState = { ...aState(aChannel()), rooms: { [rootId]: emptyRoom(threadSpot) } };
  expect(applyEvent(start, { type: "channel.removed", channelId }, 0).rooms).toEqual({});
});

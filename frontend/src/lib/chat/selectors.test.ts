import type { Channel, User } from "@connectbest/contract";
import { aChannel, aMembership, anEntry, aState, aUser, id, meId, rootId, spot, threadSpot } from "@/testing/factories";
import {
  conversationWith,
  isGroup,
  othersOf,
  outboxOf,
  partnerOf,
  roomOf,
  sortedChannels,
  titleOf,
  totalUnread,
} from "./selectors";
import { emptyRoom } from "./state";

const me = aUser(1, { name: "Me Myself" });
const ada = aUser(2, { name: "Ada Lovelace" });
const bo = aUser(3, { name: "Bo" });
const dm = (n: number, ...participants: User[]): Channel =>
  aChannel({ id: id(n), type: "dm", name: null, participants });

test("a conversation is called by the other person, a group by first names, and one with myself by mine", () => {
  expect(titleOf(dm(7, me, ada), meId)).toBe("Ada Lovelace");
  expect(titleOf(dm(7, ada, me, bo), meId)).toBe("Ada, Bo");
  expect(titleOf(dm(7, me), meId)).toBe("Me Myself");
  expect(titleOf(aChannel({ name: "general" }), meId)).toBe("general");
});

test("only a direct message of more than two is a group", () => {
  expect(isGroup(dm(7, me, ada, bo))).toBe(true);
  expect(isGroup(dm(7, me, ada))).toBe(false);
  expect(isGroup(aChannel({ participants: [me, ada, bo] }))).toBe(false);
});

test("the partner is the other one, and I am my own", () => {
  expect(partnerOf(dm(7, me, ada), meId)).toEqual(ada);
  expect(partnerOf(dm(7, ada, me), meId)).toEqual(ada);
  expect(partnerOf(dm(7, me), meId)).toEqual(me);
  expect(partnerOf(aChannel(), meId)).toBeUndefined();
});

test("the others are all but me, or me alone", () => {
  expect(othersOf(dm(7, me, ada, bo), meId)).toEqual([ada, bo]);
  expect(othersOf(dm(7, me), meId)).toEqual([me]);
});

test("a conversation with somebody is never a group they are in, nor mine with myself", () => {
  const { channels } = aState(dm(7, me, ada, bo), dm(8, me), dm(9, me, ada));
  const found = (userId: string) => conversationWith(channels, userId, meId)?.channel.id;
  expect(found(ada.id)).toBe(id(9));
  expect(found(bo.id)).toBeUndefined();
  expect(found(meId)).toBe(id(8));
});

test("everything unread, summed over what is mine", () => {
  const unread = (n: number, unreadCount: number) => aChannel({ id: id(n), membership: aMembership({ unreadCount }) });
  expect(totalUnread(aState(unread(7, 2), unread(8, 3)).channels)).toBe(5);
  expect(totalUnread(null)).toBe(0);
});

test("direct messages are no channels", () => {
  const { channels } = aState(dm(7, me, ada), aChannel());
  expect(sortedChannels(channels).map(({ channel }) => channel.name)).toEqual(["general"]);
});

test("what I wrote waits at the spot that it was written at, and its room is found there", () => {
  const outbox = [anEntry("channel"), anEntry("thread", { parentMessageId: rootId })];
  expect(outboxOf(outbox, spot).map(({ clientMessageId }) => clientMessageId)).toEqual(["channel"]);
  expect(outboxOf(outbox, threadSpot).map(({ clientMessageId }) => clientMessageId)).toEqual(["thread"]);
  const room = emptyRoom(threadSpot);
  const state = { ...aState(), rooms: { [rootId]: room } };
  expect(roomOf(state, threadSpot)).toBe(room);
  expect(roomOf(state, spot)).toBeUndefined();
});

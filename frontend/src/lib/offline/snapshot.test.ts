import { withChannelSync } from "@/lib/chat/channels";
import { channelSpot, spotKey } from "@/lib/chat/spot";
import { emptyRoom } from "@/lib/chat/state";
import type { ChatState, Room } from "@/lib/chat/state";
import { aChannel, aMessage, aMembership, aState, channelId, id } from "@/testing/factories";
import { snapshotOf, withSnapshot } from "./snapshot";

const spot = channelSpot(channelId);

const roomWith = (count: number, more: Partial<Room> = {}): Room => ({
  ...emptyRoom(spot),
  messages: Array.from({ length: count }, (_, i) => aMessage(i + 1)),
  hasMoreBefore: false,
  isLoaded: true,
  ...more,
});

const stateWith = (room: Room, rev = room.messages.length): ChatState => ({
  ...aState(aChannel({ rev })),
  rooms: { [spotKey(spot)]: room },
});

const roomIn = (state: ChatState) => state.rooms[spotKey(spot)];

test("what was read stands there again before the server has said a word", () => {
  const snapshot = snapshotOf(stateWith(roomWith(5)));
  const restored = withSnapshot(aState(aChannel({ rev: 5 })), snapshot);
  expect(roomIn(restored)).toMatchObject({ isLoaded: true, hasMoreBefore: false });
  expect(roomIn(restored)?.messages).toHaveLength(5);
});

test("of a long stretch the latest hundred are kept, and the rest is asked for again", () => {
  const restored = withSnapshot(aState(aChannel({ rev: 150 })), snapshotOf(stateWith(roomWith(150))));
  expect(roomIn(restored)?.messages).toHaveLength(100);
  expect(roomIn(restored)?.messages.at(-1)?.seq).toBe(150);
  expect(roomIn(restored)?.hasMoreBefore).toBe(true);
});

test("a stretch that does not reach the newest message is not kept: nothing would join it", () => {
  expect(snapshotOf(stateWith(roomWith(5, { hasMoreAfter: true }))).rooms).toEqual({});
  expect(snapshotOf(stateWith(roomWith(5, { isStale: true }))).rooms).toEqual({});
});

test("the next sync is asked for what happened since, though the server has told the channel's present revision", () => {
  const restored = withSnapshot(aState(aChannel({ rev: 8 })), snapshotOf(stateWith(roomWith(5))));
  expect(restored.channels?.[channelId]).toMatchObject({ level: 5, head: 8 });
  const level = withChannelSync(restored, {
    id: channelId,
    rev: 8,
    messages: [aMessage(6), aMessage(7), aMessage(8)],
    channel: null,
    membership: aMembership(),
    limited: false,
  });
  expect(level.channels?.[channelId]?.level).toBe(8);
  expect(roomIn(level)?.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("what is loaded already is newer and stays; a page that is on its way will replace what is shown meanwhile", () => {
  const snapshot = snapshotOf(stateWith(roomWith(5)));
  const loaded = stateWith(roomWith(7), 7);
  expect(roomIn(withSnapshot(loaded, snapshot))?.messages).toHaveLength(7);
  expect(withSnapshot(loaded, snapshot).channels?.[channelId]?.level).toBe(7);
  const loading = stateWith({ ...emptyRoom(spot), loading: "newest" }, 7);
  expect(roomIn(withSnapshot(loading, snapshot))).toMatchObject({ isLoaded: true, loading: "newest" });
  const around = stateWith({ ...emptyRoom(spot), loading: "around" }, 7);
  expect(roomIn(withSnapshot(around, snapshot))?.isLoaded).toBe(false);
});

test("a channel that is no longer mine does not come back, nor does a snapshot of another form", () => {
  const snapshot = snapshotOf(stateWith(roomWith(5)));
  expect(withSnapshot(aState(), snapshot).rooms).toEqual({});
  const state = aState(aChannel());
  expect(withSnapshot(state, { ...snapshot, version: 0 })).toBe(state);
});

test("threads are kept with their replies only, and come back where their channel is still mine", () => {
  const [read, unread] = [id(901), id(902)];
  const at = { channelId, parentMessageId: read };
  const thread = { root: aMessage(1), standing: null };
  const state = {
    ...stateWith(roomWith(5)),
    threads: { [read]: thread, [unread]: thread },
  };
  const rooms = { ...state.rooms, [spotKey(at)]: roomWith(2, { spot: at }) };
  const snapshot = snapshotOf({ ...state, rooms });
  expect(Object.keys(snapshot.threads)).toEqual([read]);
  expect(withSnapshot(aState(aChannel({ rev: 5 })), snapshot).threads).toEqual({ [read]: thread });
  expect(withSnapshot(aState(), snapshot).threads).toEqual({});
});

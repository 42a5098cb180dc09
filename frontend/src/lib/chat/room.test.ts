import { aMessage, messages, spot } from "@/testing/factories";
import { roomLimit, takeIn, withLoadError, withLoading, withPage } from "./room";
import { emptyRoom } from "./state";
import type { Room } from "./state";

const seqs = (room: Room) => room.messages.map((message) => message.seq);
const page = (from: number, to: number, more = { hasMoreBefore: true, hasMoreAfter: false }) => ({
  messages: messages(from, to),
  ...more,
});
const loaded = (from: number, to: number) => withPage(withLoading(emptyRoom(spot), "newest"), page(from, to), "newest");

test("messages take their place by seq, whatever order they arrive in", () => {
  const room = [8, 6, 7, 7].reduce((next, seq) => takeIn(next, aMessage(seq)), loaded(4, 5));
  expect(seqs(room)).toEqual([4, 5, 6, 7, 8]);
});

test("a newer revision replaces, an older one does not", () => {
  const edited = takeIn(loaded(4, 6), aMessage(5, { rev: 9, content: "edited" }));
  expect(takeIn(edited, aMessage(5)).messages[1]?.content).toBe("edited");
});

test("a message before the loaded stretch is left for its page", () => {
  expect(seqs(takeIn(loaded(4, 5), aMessage(2)))).toEqual([4, 5]);
});

test("while newer ones are not loaded, arriving messages wait for their page", () => {
  const middle = withPage(emptyRoom(spot), page(4, 6, { hasMoreBefore: true, hasMoreAfter: true }), "around");
  expect(seqs(takeIn(middle, aMessage(20)))).toEqual([4, 5, 6]);
});

test("what arrives while the first page is on its way is not lost", () => {
  const waiting = takeIn(withLoading(emptyRoom(spot), "newest"), aMessage(7));
  expect(waiting.messages).toEqual([]);
  expect(seqs(withPage(waiting, page(4, 6), "newest"))).toEqual([4, 5, 6, 7]);
});

test("what arrives while the last page after is on its way is not lost", () => {
  const middle = withPage(emptyRoom(spot), page(4, 6, { hasMoreBefore: true, hasMoreAfter: true }), "around");
  const waiting = takeIn(withLoading(middle, "after"), aMessage(9));
  expect(seqs(withPage(waiting, page(7, 8), "after"))).toEqual([4, 5, 6, 7, 8, 9]);
});

test("older pages go in front and newer ones behind", () => {
  const both = withPage(loaded(10, 12), page(7, 9), "before");
  expect(seqs(both)).toEqual([7, 8, 9, 10, 11, 12]);
  expect(both.hasMoreBefore).toBe(true);
  expect(both.hasMoreAfter).toBe(false);
});

test("the newest page replaces a stale stretch", () => {
  const stale: Room = { ...loaded(1, 3), isStale: true };
  const fresh = withPage(withLoading(stale, "newest"), page(50, 52), "newest");
  expect(seqs(fresh)).toEqual([50, 51, 52]);
  expect(fresh.isStale).toBe(false);
});

test("memory is bounded: the far end goes, and can be paged in again", () => {
  const upwards = withPage(loaded(301, 300 + roomLimit), page(201, 300), "before");
  expect(upwards.messages).toHaveLength(roomLimit);
  expect(upwards.messages[0]?.seq).toBe(201);
  expect(upwards.hasMoreAfter).toBe(true);
  const downwards = withPage(upwards, { ...page(801, 900), hasMoreAfter: false }, "after");
  expect(downwards.messages.at(-1)?.seq).toBe(900);
  expect(downwards.hasMoreBefore).toBe(true);
});

test("a page that did not come leaves what was there", () => {
  const room = withLoadError(withLoading(loaded(4, 5), "before"), "No connection.");
  expect(seqs(room)).toEqual([4, 5]);
  expect(room.error).toBe("No connection.");
  expect(room.loading).toBeNull();
});

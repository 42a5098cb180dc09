import type { Membership } from "@connectbest/contract";
import { aMembership, aMessage, meId } from "@/testing/factories";
import { standingNow, withAnswer, withMessage, withReading, withTruth, type Standing } from "./standing";

const truth = (lastReadSeq: number, unreadCount: number, version = 0): Membership =>
  aMembership({ lastReadSeq, unreadCount, version });
const level = (rev: number, lastReadSeq = rev, unreadCount = 0) =>
  withTruth(undefined, truth(lastReadSeq, unreadCount), rev);
const ear = { meId, isDirect: false, isDeletion: false };
const others = (standing: Standing, seq: number, more = {}) => withMessage(standing, aMessage(seq, more), ear);
const mine = (standing: Standing, seq: number) => withMessage(standing, aMessage(seq, { userId: meId }), ear);
const seen = (standing: Standing) => {
  const { lastReadSeq, unreadCount } = standingNow(standing);
  return { lastReadSeq, unreadCount };
};

test("a message of another person counts once, however often it is heard of", () => {
  expect(seen(others(others(level(5), 6), 6))).toEqual({ lastReadSeq: 5, unreadCount: 1 });
});

test("a message that the server had counted already is not counted again", () => {
  expect(seen(others(level(5, 3, 2), 4)).unreadCount).toBe(2);
});

test("a call counts apart, and everything in a direct message calls", () => {
  expect(standingNow(others(level(5), 6, { mentions: [meId] })).mentionCount).toBe(1);
  expect(standingNow(others(level(5), 6, { mentionsChannel: true })).mentionCount).toBe(1);
  expect(standingNow(others(level(5), 6)).mentionCount).toBe(0);
  expect(standingNow(withMessage(level(5), aMessage(6), { ...ear, isDirect: true })).mentionCount).toBe(1);
});

test("writing reads everything before it", () => {
  const wrote = mine(others(level(5, 3, 2), 6), 7);
  expect(seen(wrote)).toEqual({ lastReadSeq: 7, unreadCount: 0 });
  expect(seen(others(wrote, 8)).unreadCount).toBe(1);
});

test("the order of arrival does not matter", () => {
  expect(seen(others(mine(level(5, 3, 2), 6), 7))).toEqual(seen(mine(others(level(5, 3, 2), 7), 6)));
});

test("reading up to the newest leaves nothing, and what comes later counts", () => {
  const read = withReading(others(level(5, 3, 2), 6), 6);
  expect(seen(read)).toEqual({ lastReadSeq: 6, unreadCount: 0 });
  expect(seen(others(read, 7)).unreadCount).toBe(1);
});

test("reading a part leaves the rest, as the server counted it", () => {
  expect(seen(withAnswer(withReading(level(10, 2, 8), 6), truth(6, 4, 1), 10))).toEqual({
    lastReadSeq: 6,
    unreadCount: 4,
  });
});

test("reading never goes back by itself", () => {
  const read = level(10);
  expect(withReading(read, 4)).toBe(read);
});

test("marking unread on another device brings the badge back", () => {
  expect(seen(withTruth(others(level(10), 11), truth(4, 6, 1), 10))).toEqual({ lastReadSeq: 4, unreadCount: 7 });
});

test("the server's truth replaces the count up to its revision and keeps what came later", () => {
  expect(seen(withTruth(others(others(level(5), 6), 8), truth(5, 2), 7))).toEqual({ lastReadSeq: 5, unreadCount: 3 });
});

test("a truth told before my latest reading does not bring the badge back", () => {
  const read = withReading(others(level(5), 6), 6);
  expect(seen(withTruth(read, truth(5, 1), 6)).unreadCount).toBe(0);
});

test("of two truths the one of the earlier version, or of the earlier revision, changes nothing", () => {
  const held = withTruth(undefined, truth(9, 0, 3), 9);
  expect(withTruth(held, truth(3, 6, 2), 12)).toBe(held);
  expect(withTruth(held, truth(3, 2, 3), 5)).toBe(held);
});

test("a newer truth that was counted earlier keeps what was heard since", () => {
  const held = withTruth(others(others(level(5), 6), 7), truth(5, 2), 7);
  expect(seen(withTruth(held, truth(5, 0, 1), 5)).unreadCount).toBe(2);
});

test("a membership that began anew is believed, whatever its version", () => {
  const held = withTruth(undefined, truth(9, 0, 3), 9);
  const again = aMembership({ lastReadSeq: 12, joinedAt: "2026-02-01T00:00:00.000Z" });
  expect(seen(withTruth(held, again, 12))).toEqual({ lastReadSeq: 12, unreadCount: 0 });
  expect(withTruth(held, again, 8)).toBe(held);
});

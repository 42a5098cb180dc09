import type { Membership } from "@connectbest/contract";
import { standingNow, withMessage, withReading, withTruth } from "./standing";

const truth = (lastReadSeq: number, unreadCount: number): Membership => ({
  role: "member",
  lastReadSeq,
  unreadCount,
  joinedAt: "2026-01-05T09:00:00.000Z",
});
const level = (rev: number, lastReadSeq = rev, unreadCount = 0) =>
  withTruth(undefined, truth(lastReadSeq, unreadCount), rev);

test("a message of another person counts once, however often it is heard of", () => {
  const heard = withMessage(withMessage(level(5), 6, false), 6, false);
  expect(standingNow(heard)).toEqual({ lastReadSeq: 5, unreadCount: 1 });
});

test("a message that the server had counted already is not counted again", () => {
  expect(standingNow(withMessage(level(5, 3, 2), 4, false)).unreadCount).toBe(2);
});

test("writing reads everything before it", () => {
  const wrote = withMessage(withMessage(level(5, 3, 2), 6, false), 7, true);
  expect(standingNow(wrote)).toEqual({ lastReadSeq: 7, unreadCount: 0 });
  expect(standingNow(withMessage(wrote, 8, false)).unreadCount).toBe(1);
});

test("the order of arrival does not matter", () => {
  const forwards = withMessage(withMessage(level(5, 3, 2), 6, true), 7, false);
  const backwards = withMessage(withMessage(level(5, 3, 2), 7, false), 6, true);
  expect(standingNow(forwards)).toEqual(standingNow(backwards));
});

test("reading up to the newest leaves nothing, and what comes later counts", () => {
  const read = withReading(withMessage(level(5, 3, 2), 6, false), 6, 0);
  expect(standingNow(read)).toEqual({ lastReadSeq: 6, unreadCount: 0 });
  expect(standingNow(withMessage(read, 7, false)).unreadCount).toBe(1);
});

test("reading a part leaves the rest, as the server counted it", () => {
  expect(standingNow(withReading(level(10, 2, 8), 6, 4))).toEqual({ lastReadSeq: 6, unreadCount: 4 });
});

test("reading never goes back", () => {
  const read = level(10);
  expect(withReading(read, 4, 6)).toBe(read);
});

test("the server's truth replaces the count up to its revision and keeps what came later", () => {
  const ahead = withMessage(withMessage(level(5), 6, false), 8, false);
  expect(standingNow(withTruth(ahead, truth(5, 2), 7))).toEqual({ lastReadSeq: 5, unreadCount: 3 });
});

test("a truth told before my latest reading does not bring the badge back", () => {
  const read = withReading(withMessage(level(5), 6, false), 6, 0);
  expect(standingNow(withTruth(read, truth(5, 1), 6)).unreadCount).toBe(0);
});

test("an older truth than the one held changes nothing", () => {
  expect(standingNow(withTruth(level(9, 9, 0), truth(3, 2), 5))).toEqual({ lastReadSeq: 9, unreadCount: 0 });
});

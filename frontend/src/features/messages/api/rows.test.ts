import { aFile, aMessage, anEntry, at, me, meId, messages, otherId } from "@/testing/factories";
import { rowsOf } from "./rows";
import type { Row } from "./rows";

const nothing = new Map<string, Row>();
const layOut = (given: Partial<Parameters<typeof rowsOf>[0]>, previous: ReadonlyMap<string, Row> = nothing) =>
  rowsOf({ messages: [], pending: [], me, newSince: null, ...given }, previous);
const entry = (key: string) => anEntry(key, { createdAt: at(9) });

test("one person's messages within five minutes are a group", () => {
  const rows = layOut({
    messages: [
      aMessage(1, { createdAt: at(0) }),
      aMessage(2, { createdAt: at(4) }),
      aMessage(3, { createdAt: at(10) }),
      aMessage(4, { createdAt: at(11), userId: meId }),
    ],
  });
  expect(rows.map((row) => row.isGrouped)).toEqual([false, true, false, false]);
});

test("each day begins with its name", () => {
  const rows = layOut({ messages: [aMessage(1, { createdAt: at(0) }), aMessage(2, { createdAt: at(24 * 60) })] });
  expect(rows.map((row) => row.beginsDay)).toEqual([true, true]);
});

test("one divider, above the first message of another person that I have not read", () => {
  const rows = layOut({
    messages: [aMessage(1), aMessage(2, { userId: meId }), aMessage(3), aMessage(4)],
    newSince: 1,
  });
  expect(rows.map((row) => row.isFirstNew)).toEqual([false, false, true, false]);
  expect(rows[2]?.isGrouped).toBe(false);
});

test("a message keeps its key when it is acknowledged", () => {
  const [pending] = layOut({ pending: [entry("k")] });
  const [stored] = layOut({ messages: [aMessage(1, { userId: meId, clientMessageId: "k" })] });
  expect(pending?.key).toBe(stored?.key);
  expect(pending?.pending).not.toBeNull();
});

test("the same key of two people is two rows", () => {
  const rows = layOut({
    messages: [
      aMessage(1, { userId: meId, clientMessageId: "k" }),
      aMessage(2, { userId: otherId, clientMessageId: "k" }),
    ],
  });
  expect(new Set(rows.map((row) => row.key)).size).toBe(2);
});

test("rows that did not change are the same objects", () => {
  const first = layOut({ messages: messages(1, 3) });
  const cache = new Map(first.map((row) => [row.key, row]));
  const kept = messages(1, 3).map((message, index) => first[index]?.message ?? message);
  const next = layOut({ messages: [...kept, aMessage(4)] }, cache);
  expect(next.slice(0, 3).every((row, index) => row === first[index])).toBe(true);
});

test("of what is deleted nothing is shown, except where a thread hangs on it", () => {
  const rows = layOut({
    messages: [aMessage(1, { isDeleted: true }), aMessage(2, { isDeleted: true, replyCount: 1 }), aMessage(3)],
  });
  expect(rows.map((row) => row.message?.seq)).toEqual([2, 3]);
  expect(rows[0]?.beginsDay).toBe(true);
});

test("a note of the system groups with nothing, and is nothing new", () => {
  const rows = layOut({
    messages: [
      aMessage(1, { createdAt: at(0) }),
      aMessage(2, { createdAt: at(1), type: "system" }),
      aMessage(3, { createdAt: at(2) }),
    ],
    newSince: 1,
  });
  expect(rows.map((row) => row.isGrouped)).toEqual([false, false, false]);
  expect(rows.map((row) => row.isFirstNew)).toEqual([false, false, true]);
});

test("what is on its way stands last, with its files, under my name", () => {
  const rows = layOut({ messages: [aMessage(1)], pending: [anEntry("k", { attachments: [aFile(1)] })] });
  expect(rows[1]).toMatchObject({ userId: meId, userName: "Me", attachments: [aFile(1)], message: null });
});

import type { Message } from "@connectbest/contract";
import { aFile, aMessage, aState, id, meId, otherId } from "@/testing/factories";
import { withMessageIn } from "./channels";
import { withPending, withPendingChanges, withoutPending } from "./pending-changes";
import type { Change } from "./pending-changes";

const laidOver = (message: Message, ...changes: Change[]) =>
  withPendingChanges(
    message,
    changes.map((change, index) => ({ id: index, messageId: message.id, change })),
    meId,
  );
const react = (emoji: string, isOn: boolean): Change => ({ kind: "react", emoji, isOn });
const reacted = (...userIds: string[]) => aMessage(1, { reactions: [{ emoji: "👍", count: userIds.length, userIds }] });

test("an edit shows at once, marked as one", () => {
  expect(laidOver(aMessage(1), { kind: "edit", content: "mended" })).toMatchObject({
    content: "mended",
    isEdited: true,
  });
});

test("a deletion leaves nothing to read or see", () => {
  const full = aMessage(1, { attachments: [aFile(1)], reactions: reacted(otherId).reactions });
  expect(laidOver(full, { kind: "delete" })).toMatchObject({
    isDeleted: true,
    content: "",
    attachments: [],
    reactions: [],
    previews: [],
  });
});

test("a pin is put in and taken out", () => {
  expect(laidOver(aMessage(1), { kind: "pin", isOn: true }).isPinned).toBe(true);
  expect(laidOver(aMessage(1, { isPinned: true }), { kind: "pin", isOn: false }).isPinned).toBe(false);
});

test("my reaction is the first, or joins those of others", () => {
  expect(laidOver(aMessage(1), react("👍", true)).reactions).toEqual([{ emoji: "👍", count: 1, userIds: [meId] }]);
  expect(laidOver(reacted(otherId), react("👍", true)).reactions).toEqual([
    { emoji: "👍", count: 2, userIds: [otherId, meId] },
  ]);
});

test("taking mine away leaves those of others; the last one goes with its emoji", () => {
  expect(laidOver(reacted(otherId, meId), react("👍", false)).reactions).toEqual([
    { emoji: "👍", count: 1, userIds: [otherId] },
  ]);
  expect(laidOver(reacted(meId), react("👍", false)).reactions).toEqual([]);
});

test("reacting again, or taking away what is not mine, changes nothing: the event may be here already", () => {
  expect(laidOver(reacted(meId), react("👍", true)).reactions).toEqual(reacted(meId).reactions);
  expect(laidOver(reacted(otherId), react("👍", false)).reactions).toEqual(reacted(otherId).reactions);
  expect(laidOver(aMessage(1), react("👍", false)).reactions).toEqual([]);
});

test("other emoji keep their places", () => {
  const two = aMessage(1, {
    reactions: [
      { emoji: "👍", count: 1, userIds: [meId] },
      { emoji: "🎉", count: 1, userIds: [otherId] },
    ],
  });
  const emoji = ({ reactions }: Message) => reactions.map((reaction) => reaction.emoji);
  expect(emoji(laidOver(two, react("🎉", true)))).toEqual(["👍", "🎉"]);
  expect(emoji(laidOver(two, react("👍", false)))).toEqual(["🎉"]);
  expect(emoji(laidOver(two, react("👀", true)))).toEqual(["👍", "🎉", "👀"]);
});

test("what I did last stands last", () => {
  expect(laidOver(aMessage(1), { kind: "edit", content: "a" }, { kind: "edit", content: "b" }).content).toBe("b");
  expect(laidOver(aMessage(1), react("👍", true), react("👍", false)).reactions).toEqual([]);
  expect(laidOver(aMessage(1), react("👍", false), react("👍", true)).reactions).toHaveLength(1);
});

test("only the message it was done to is another; the others are the same objects", () => {
  const message = aMessage(1);
  const pending = [{ id: 1, messageId: id(77), change: { kind: "delete" } as const }];
  expect(withPendingChanges(message, pending, meId)).toBe(message);
});

test("what arrives meanwhile shows beside my change, and when that fails nothing is put back", () => {
  const edit = { id: 1, messageId: aMessage(1).id, change: { kind: "edit", content: "mine" } as const };
  const state = withMessageIn(withPending(aState(), edit), aMessage(1));
  const arrived = aMessage(1, { rev: 2, isPinned: true, content: "theirs" });
  expect(withPendingChanges(arrived, state.pendingChanges, meId)).toMatchObject({ content: "mine", isPinned: true });
  expect(withPendingChanges(arrived, withoutPending(state, 1).pendingChanges, meId)).toBe(arrived);
});

test("one change is taken away and the others stay", () => {
  const one = { id: 1, messageId: id(1), change: react("👍", true) };
  const two = { id: 2, messageId: id(1), change: react("🎉", true) };
  expect(withoutPending([one, two].reduce(withPending, aState()), 1).pendingChanges).toEqual([two]);
});

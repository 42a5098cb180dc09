import type { Message } from "@connectbest/contract";
import { ApiError, noAnswer } from "@/lib/api/api-error";
import { applyEvent } from "@/lib/chat/apply-event";
import { withPendingChanges } from "@/lib/chat/pending-changes";
import { createChatStore } from "@/lib/chat/store";
import { aChannel, aMessage, aState, channelId, meId, spot } from "@/testing/factories";
import { MessageActions, undoTime } from "./message-actions";
import { withRoom } from "./pager";

interface Call {
  what: string;
  answer(more?: Partial<Message>): void;
  refuse(): void;
  /** It did not get there. */
  lose(): void;
}

const setUp = () => {
  const one = aMessage(1, { userId: meId });
  const two = aMessage(2);
  const store = createChatStore(
    withRoom(aState(aChannel({ rev: 2 })), spot, (room) => ({ ...room, isLoaded: true, messages: [one, two] })),
  );
  const calls: Call[] = [];
  const complaints: { sentence: string; retry(): void }[] = [];
  let rev = 10;
  const ask = (what: string, id: string) =>
    new Promise<Message>((resolve, reject) =>
      calls.push({
        what,
        answer: (more) => resolve({ ...(id === one.id ? one : two), ...more, rev: ++rev }),
        refuse: () => reject(new ApiError("You may not.", 403, "forbidden")),
        lose: () => reject(noAnswer()),
      }),
    );
  const actions = new MessageActions({
    store,
    complain: (sentence, retry) => complaints.push({ sentence, retry }),
    calls: {
      edit: (id, content) => ask(`edit ${content}`, id),
      delete: async (id) => void (await ask("delete", id)),
      react: (id, emoji, isOn) => ask(`${isOn ? "+" : "-"}${emoji}`, id),
      pin: (id, isOn) => ask(isOn ? "pin" : "unpin", id),
      save: async (id, isOn) => void (await ask(isOn ? "save" : "unsave", id)),
    },
  });
  /** The message as it is shown. */
  const shown = (message = one) => {
    const { rooms, pendingChanges, me } = store.get();
    const there = rooms[channelId]?.messages.find(({ id }) => id === message.id) ?? message;
    return withPendingChanges(there, pendingChanges, me.id);
  };
  const asked = () => calls.map(({ what }) => what);
  return { store, actions, calls, asked, complaints, one, two, shown };
};
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("what I do shows at once, before the server has heard of it", () => {
  const { actions, one, shown } = setUp();
  actions.edit(one.id, "mended");
  actions.pin(one.id, true);
  actions.react(one.id, "👍", true);
  expect(shown()).toMatchObject({
    content: "mended",
    isPinned: true,
    reactions: [{ emoji: "👍", count: 1, userIds: [meId] }],
  });
});

test("the server's word of it takes the place of mine", async () => {
  const { store, actions, calls, one, shown } = setUp();
  actions.edit(one.id, "mended");
  await pass(0);
  calls[0]?.answer({ content: "mended, as the server has it", isEdited: true });
  await pass(0);
  expect(shown().content).toBe("mended, as the server has it");
  expect(store.get().pendingChanges).toEqual([]);
});

test("deeds on one message go one at a time, in order; other messages do not wait", async () => {
  const { actions, calls, asked, one, two } = setUp();
  actions.react(one.id, "👍", true);
  actions.react(one.id, "👍", false);
  actions.edit(one.id, "mended");
  actions.pin(two.id, true);
  await pass(0);
  expect(asked()).toEqual(["+👍", "pin"]);
  calls[0]?.answer();
  await pass(0);
  expect(asked()).toEqual(["+👍", "pin", "-👍"]);
  calls[2]?.refuse();
  await pass(0);
  expect(asked()).toEqual(["+👍", "pin", "-👍", "edit mended"]);
});

test("what I did last stays shown while the answer to what I did before arrives", async () => {
  const { actions, calls, one, shown } = setUp();
  actions.edit(one.id, "first");
  actions.edit(one.id, "second");
  await pass(0);
  calls[0]?.answer({ content: "first" });
  await pass(0);
  expect(shown().content).toBe("second");
});

test("what is refused is undone and said; asked again it is done", async () => {
  const { actions, calls, asked, complaints, one, shown } = setUp();
  actions.edit(one.id, "mended");
  await pass(0);
  calls[0]?.refuse();
  await pass(0);
  expect(shown().content).toBe("message 1");
  expect(complaints.map(({ sentence }) => sentence)).toEqual(["You may not."]);
  complaints[0]?.retry();
  expect(shown().content).toBe("mended");
  await pass(0);
  calls[1]?.answer({ content: "mended" });
  await pass(0);
  expect(asked()).toEqual(["edit mended", "edit mended"]);
  expect(shown().content).toBe("mended");
  expect(complaints).toHaveLength(1);
});

test("a refused reaction takes away nobody else's", async () => {
  const { store, actions, calls, two, shown } = setUp();
  actions.react(two.id, "👍", true);
  await pass(0);
  const reactions = [{ emoji: "👍", count: 1, userIds: [two.userId] }];
  const message = { ...two, rev: 9, reactions };
  store.update((state) => applyEvent(state, { type: "message.updated", channelId, rev: 9, message }, 0));
  expect(shown(two).reactions).toEqual([{ emoji: "👍", count: 2, userIds: [two.userId, meId] }]);
  calls[0]?.refuse();
  await pass(0);
  expect(shown(two).reactions).toEqual(reactions);
});

test("a deletion shows at once and is told when it can no longer be taken back", async () => {
  const { actions, asked, one, shown } = setUp();
  actions.delete(one.id);
  actions.delete(one.id);
  expect(shown().isDeleted).toBe(true);
  await pass(undoTime - 1);
  expect(asked()).toEqual([]);
  await pass(1);
  expect(asked()).toEqual(["delete"]);
});

test("taken back in time, the server never hears of it", async () => {
  const { actions, asked, one, shown } = setUp();
  actions.delete(one.id);
  await pass(undoTime - 1);
  actions.undoDelete(one.id);
  await pass(undoTime * 2);
  expect(shown().isDeleted).toBe(false);
  expect(asked()).toEqual([]);
});

test("too late it is not taken back", async () => {
  const { actions, calls, one, shown } = setUp();
  actions.delete(one.id);
  await pass(undoTime);
  actions.undoDelete(one.id);
  calls[0]?.answer();
  await pass(0);
  expect(shown().isDeleted).toBe(true);
});

test("when the page is left, deletions that wait are told at once, and only once", async () => {
  const { actions, asked, one, two } = setUp();
  actions.delete(one.id);
  actions.delete(two.id);
  await pass(100);
  actions.flush();
  await pass(0);
  expect(asked()).toEqual(["delete", "delete"]);
  await pass(undoTime * 2);
  expect(asked()).toHaveLength(2);
});

test("a refused deletion brings the message back, and can be tried again", async () => {
  const { actions, calls, complaints, asked, one, shown } = setUp();
  actions.delete(one.id);
  await pass(undoTime);
  calls[0]?.refuse();
  await pass(0);
  expect(shown().isDeleted).toBe(false);
  complaints[0]?.retry();
  expect(shown().isDeleted).toBe(true);
  await pass(undoTime);
  expect(asked()).toEqual(["delete", "delete"]);
});

test("saving shows at once; refused, it is undone and said, and asked again it is done", async () => {
  const { store, actions, calls, complaints, asked, one } = setUp();
  const isSaved = () => store.get().saved[one.id];
  actions.save(one.id, true);
  expect(isSaved()).toBe(true);
  await pass(0);
  calls[0]?.refuse();
  await pass(0);
  expect(isSaved()).toBe(false);
  complaints[0]?.retry();
  await pass(0);
  calls[1]?.answer();
  await pass(0);
  expect(asked()).toEqual(["save", "save"]);
  expect(isSaved()).toBe(true);
});

test("saved and unsaved in haste, it shows what I wished last, and what the server has when it refuses all of it", async () => {
  const { store, actions, calls, complaints, one } = setUp();
  const isSaved = () => store.get().saved[one.id];
  for (const isOn of [true, false, true]) actions.save(one.id, isOn);
  await pass(0);
  calls[0]?.refuse();
  await pass(0);
  calls[1]?.answer();
  await pass(0);
  calls[2]?.answer();
  await pass(0);
  expect([isSaved(), complaints.length]).toEqual([true, 0]);
  for (const isOn of [false, true, false]) actions.save(one.id, isOn);
  for (const call of [3, 4, 5]) {
    await pass(0);
    calls[call]?.refuse();
  }
  await pass(0);
  expect([isSaved(), complaints.length]).toEqual([true, 1]);
});

test("what does not get through stays shown and is tried again, the sooner when the connection is back", async () => {
  const { actions, calls, asked, complaints, one, shown } = setUp();
  actions.edit(one.id, "mended");
  actions.react(one.id, "👍", true);
  await pass(0);
  calls[0]?.lose();
  await pass(4_999);
  expect([asked(), shown().content, complaints]).toEqual([["edit mended"], "mended", []]);
  await pass(1);
  expect(asked()).toEqual(["edit mended", "edit mended"]);
  calls[1]?.lose();
  await pass(10);
  actions.retry();
  await pass(0);
  expect(asked()).toHaveLength(3);
  calls[2]?.answer({ content: "mended" });
  await pass(0);
  expect(asked()).toEqual(["edit mended", "edit mended", "edit mended", "+👍"]);
});

test("who leaves can wait until the server has heard of everything", async () => {
  const { actions, calls, one, two } = setUp();
  actions.delete(one.id);
  actions.pin(two.id, true);
  let isDone = false;
  void actions.flush().then(() => (isDone = true));
  await pass(0);
  calls[0]?.answer();
  await pass(0);
  expect(isDone).toBe(false);
  calls[1]?.answer();
  await pass(0);
  expect(isDone).toBe(true);
});

test("a message is being saved until the server has heard of the latest wish", async () => {
  const { actions, calls, one } = setUp();
  actions.save(one.id, true);
  await pass(0);
  expect(actions.isSaving(one.id)).toBe(true);
  calls[0]?.answer();
  await pass(0);
  expect(actions.isSaving(one.id)).toBe(false);
});

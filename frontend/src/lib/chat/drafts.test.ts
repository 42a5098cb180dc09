import { aDraft, aState, channelId, rootId } from "@/testing/factories";
import { applyEvent } from "./apply-event";
import { isEmptyDraft, withDraft, withDrafts } from "./drafts";
import type { ChatState } from "./state";

const contentOf = (state: ChatState, key = channelId) => state.drafts[key]?.content;

test("the later version stands, in whatever order they arrive", () => {
  const early = aDraft("one", { version: 1 });
  const late = aDraft("two", { version: 2 });
  expect(contentOf([early, late].reduce(withDraft, aState()))).toBe("two");
  expect(contentOf([late, early].reduce(withDraft, aState()))).toBe("two");
});

test("a channel's draft and its thread's stand side by side", () => {
  const state = [aDraft("here"), aDraft("there", { parentMessageId: rootId })].reduce(withDraft, aState());
  expect([contentOf(state), contentOf(state, rootId)]).toEqual(["here", "there"]);
});

test("an event tells what another device wrote", () => {
  expect(contentOf(applyEvent(aState(), { type: "draft.updated", draft: aDraft("hello") }, 0))).toBe("hello");
});

test("what a sync does not name is gone; what it names stands unless a later version is held", () => {
  const held = [aDraft("gone"), aDraft("later", { parentMessageId: rootId, version: 5 })].reduce(withDraft, aState());
  const state = withDrafts(held, [aDraft("older", { parentMessageId: rootId, version: 4 })]);
  expect([contentOf(state), contentOf(state, rootId)]).toEqual(["", "later"]);
});

test("files of a draft that is gone are gone with it", () => {
  const state = withDrafts(withDraft(aState(), aDraft("", { fileIds: [rootId] })), []);
  expect(state.drafts[channelId]?.fileIds).toEqual([]);
});

test("what another device began after it was gone is taken", () => {
  const gone = withDrafts(withDraft(aState(), aDraft("one", { version: 1 })), []);
  expect(contentOf(withDraft(gone, aDraft("again", { version: 3 })))).toBe("again");
});

test("spaces are nothing, a file is something", () => {
  expect(isEmptyDraft(aDraft(" \n"))).toBe(true);
  expect(isEmptyDraft(aDraft("x"))).toBe(false);
  expect(isEmptyDraft(aDraft("", { fileIds: [rootId] }))).toBe(false);
});

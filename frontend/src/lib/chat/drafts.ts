import type { Draft } from "@connectbest/contract";
import { spotKey } from "./spot";
import type { ChatState } from "./state";

/** What was begun on whatever device; the later version stands, and an empty draft is none. */
export function withDraft(state: ChatState, draft: Draft): ChatState {
  const key = spotKey(draft);
  const held = state.drafts[key];
  if (held && held.version > draft.version) return state;
  return { ...state, drafts: { ...state.drafts, [key]: draft } };
}

/** All there are, as a sync tells: what is not among them is gone. */
export function withDrafts(state: ChatState, drafts: readonly Draft[]): ChatState {
  const told = new Set(drafts.map(spotKey));
  const gone = Object.values(state.drafts).filter((draft) => !told.has(spotKey(draft)) && !isEmptyDraft(draft));
  const emptied = gone.map((draft) => ({ ...draft, content: "", fileIds: [] }));
  return [...emptied, ...drafts].reduce(withDraft, state);
}

export const isEmptyDraft = ({ content, fileIds }: Draft): boolean => content.trim() === "" && fileIds.length === 0;

import type { ChatState } from "./state";

/**
 * What the server has of my saved messages, the latest first, in the place of what was held.
 *
 * @param isAll whether there are no older ones: of those nothing is said, and what was seen of them stands
 * @param isSaving of a message: whether a wish of mine is still on its way, and stands
 */
export function withSaved(
  state: ChatState,
  ids: readonly string[],
  isAll: boolean,
  isSaving: (messageId: string) => boolean,
): ChatState {
  const stand = Object.entries(state.saved).filter(([id, isSaved]) => isSaving(id) || (isSaved && !isAll));
  const answered = ids.filter((id) => !isSaving(id)).map((id) => [id, true] as const);
  return { ...state, saved: Object.fromEntries([...stand, ...answered]) };
}

import type { Message } from "@connectbest/contract";
import type { ChatState } from "./state";

/** What I did to a message and the server has not answered yet. */
export type Change =
  | { readonly kind: "edit"; readonly content: string }
  | { readonly kind: "delete" }
  | { readonly kind: "react"; readonly emoji: string; readonly isOn: boolean }
  | { readonly kind: "pin"; readonly isOn: boolean };

export interface PendingChange {
  /** Of this change, so that it can be taken away. */
  readonly id: number;
  readonly messageId: string;
  readonly change: Change;
}

/**
 * A message as I left it. Laid over what the server says of it, not mixed in: whatever arrives meanwhile shows beside my
 * change, and when the change fails nothing needs to be put back.
 */
export function withPendingChanges(message: Message, pending: readonly PendingChange[], meId: string): Message {
  return pending.reduce(
    (next, { messageId, change }) => (messageId === message.id ? changed(next, change, meId) : next),
    message,
  );
}

function changed(message: Message, change: Change, meId: string): Message {
  switch (change.kind) {
    case "edit":
      return { ...message, content: change.content, isEdited: true };
    case "delete":
      return { ...message, content: "", attachments: [], previews: [], reactions: [], isDeleted: true };
    case "pin":
      return { ...message, isPinned: change.isOn };
    case "react":
      return { ...message, reactions: withReaction(message.reactions, change.emoji, change.isOn, meId) };
  }
}

type Reactions = Message["reactions"];

function withReaction(reactions: Reactions, emoji: string, isOn: boolean, meId: string): Reactions {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if ((known?.userIds.includes(meId) ?? false) === isOn) return reactions;
  if (!known) return [...reactions, { emoji, count: 1, userIds: [meId] }];
  const userIds = isOn ? [...known.userIds, meId] : known.userIds.filter((userId) => userId !== meId);
  const count = known.count + (isOn ? 1 : -1);
  return reactions.flatMap((reaction) => {
    if (reaction !== known) return [reaction];
    return count > 0 ? [{ emoji, count, userIds }] : [];
  });
}

export const withPending = (state: ChatState, pending: PendingChange): ChatState => ({
  ...state,
  pendingChanges: [...state.pendingChanges, pending],
});

export const withoutPending = (state: ChatState, id: number): ChatState => ({
  ...state,
  pendingChanges: state.pendingChanges.filter((pending) => pending.id !== id),
});

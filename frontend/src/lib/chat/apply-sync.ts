import type { RouteResponse, Routes } from "@connectbest/contract";
import { withChannel, withChannelSync, withoutChannel } from "./channels";
import { withDrafts } from "./drafts";
import type { ChatState } from "./state";

export type SyncAnswer = RouteResponse<Routes["sync"]>;

/** The state after a sync: the truth, merged with what was heard since it was told. */
export function applySync(state: ChatState, answer: SyncAnswer): ChatState {
  const withChannels = answer.channels.reduce(withChannelSync, state);
  const mine = answer.added.reduce(withChannel, answer.removed.reduce(withoutChannel, withChannels));
  return {
    ...withDrafts(mine, answer.drafts),
    threadCounts: answer.threads,
    unseenNotifications: answer.notifications.unreadCount,
    sections: answer.sections,
  };
}

/** What to ask a sync for: the revision held of every channel. */
export const heldRevisions = (state: ChatState): Record<string, number> =>
  Object.fromEntries(Object.values(state.channels ?? {}).map(({ channel, level }) => [channel.id, level]));

/** A change was heard of that has not been taken in. */
export const isBehind = (state: ChatState): boolean =>
  Object.values(state.channels ?? {}).some(({ head, level }) => head > level);

import type { Message, Thread } from "@connectbest/contract";
import type { ChatState } from "./state";

/** What is known of one thread beyond its replies, which stand in a room of their own. */
export interface ThreadState {
  /** The message that it hangs under. */
  readonly root: Message | null;
  /** How I stand to it. */
  readonly standing: Thread | null;
}

const withThreadState = (state: ChatState, rootId: string, change: Partial<ThreadState>): ChatState => ({
  ...state,
  threads: { ...state.threads, [rootId]: { root: null, standing: null, ...state.threads[rootId], ...change } },
});

/** My standing in a thread, unless a later word is held. */
export function withThread(state: ChatState, thread: Thread): ChatState {
  const held = state.threads[thread.messageId]?.standing;
  if (held && held.version > thread.version) return state;
  return withThreadState(state, thread.messageId, { standing: thread });
}

/** The message that a thread hangs under, unless a later revision is held. */
export function withRoot(state: ChatState, root: Message): ChatState {
  const held = state.threads[root.id]?.root;
  return held && held.rev >= root.rev ? state : withThreadState(state, root.id, { root });
}

/** A message came in that threads are known to hang under. */
export const withRootIfKnown = (state: ChatState, message: Message): ChatState =>
  state.threads[message.id] ? withRoot(state, message) : state;

/** I have read a thread up to here; the server will be told. */
export function withThreadRead(state: ChatState, rootId: string, seq: number): ChatState {
  const standing = state.threads[rootId]?.standing;
  if (!standing || standing.lastReadSeq >= seq) return state;
  const read = { ...standing, lastReadSeq: seq, unreadCount: 0, mentionCount: 0 };
  return withThreadState(state, rootId, { standing: read });
}

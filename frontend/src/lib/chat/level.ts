import type { ChannelState } from "./state";

type Level = Pick<ChannelState, "level" | "ahead" | "head">;

/** One change, by its revision, was taken in. Beyond a gap it waits in `ahead` until the gap is filled. */
export function hear<L extends Level>(state: L, rev: number): L {
  if (rev <= state.level || state.ahead.includes(rev)) return state;
  const ahead = [...state.ahead, rev].sort((a, b) => a - b);
  return absorb({ ...state, ahead, head: Math.max(state.head, rev) });
}

/** Everything up to `rev` was taken in. */
export function settle<L extends Level>(state: L, rev: number): L {
  if (rev <= state.level) return state;
  return absorb({ ...state, level: rev, head: Math.max(state.head, rev) });
}

function absorb<L extends Level>(state: L): L {
  let { level } = state;
  for (const rev of state.ahead) if (rev === level + 1) level = rev;
  return { ...state, level, ahead: state.ahead.filter((rev) => rev > level) };
}

import type { Event, User } from "@connectbest/contract";
import { withChannel, withMessageIn, withoutChannel, withReadUpTo } from "./channels";
import type { ChatState } from "./state";

/** How long one `typing` frame holds, in milliseconds: two of the client's own intervals. */
export const typingHolds = 6_000;

/**
 * The state after an event. Pure; applying one twice, or two in another order, ends in the same state.
 * @param now milliseconds since 1970, for what passes by itself.
 */
export function applyEvent(state: ChatState, event: Event, now: number): ChatState {
  switch (event.type) {
    case "message.created":
      return withoutTypist(withMessageIn(state, event.message), event.channelId, event.message.userId);
    case "ack":
      return withMessageIn(state, event.message);
    case "channel.updated":
      return withChannel(state, event.channel);
    case "channel.removed":
      return withoutChannel(state, event.channelId);
    case "member.joined":
      return withMemberCount(state, event.channelId, event.memberCount);
    case "member.left":
      return withMemberLeft(state, event.channelId, event.user, event.memberCount);
    case "read":
      return withReadUpTo(state, event.channelId, event.lastReadSeq, event.unreadCount);
    case "presence":
      return { ...state, presence: { ...state.presence, [event.userId]: event.status } };
    case "typing":
      return event.isTyping && event.userId !== state.me.id
        ? withTypist(state, event.channelId, event.userId, event.userName, now + typingHolds)
        : withoutTypist(state, event.channelId, event.userId);
    // The socket, the outbox and the sign-in answer these; they change nothing here.
    case "connected":
    case "pong":
    case "error":
    case "session.revoked":
      return state;
    default:
      return unknownEvent(state, event);
  }
}

/** A newer server may say what this client does not know: ignored, but a type that we do know must not end here. */
const unknownEvent = (state: ChatState, _event: never): ChatState => state;

function withMemberCount(state: ChatState, id: string, memberCount: number): ChatState {
  const known = state.channels?.[id];
  return known ? withChannel(state, { ...known.channel, memberCount, membership: null }) : state;
}

const withMemberLeft = (state: ChatState, id: string, user: User, memberCount: number): ChatState =>
  user.id === state.me.id ? withoutChannel(state, id) : withMemberCount(state, id, memberCount);

function withTypist(state: ChatState, channelId: string, userId: string, userName: string, until: number): ChatState {
  return {
    ...state,
    typing: { ...state.typing, [channelId]: { ...state.typing[channelId], [userId]: { userName, until } } },
  };
}

function withoutTypist(state: ChatState, channelId: string, userId: string): ChatState {
  const typists = state.typing[channelId];
  if (!typists?.[userId]) return state;
  const { [userId]: _gone, ...others } = typists;
  return { ...state, typing: { ...state.typing, [channelId]: others } };
}

/** Lets go of everybody who has stopped typing without saying so. */
export function withoutSilentTypists(state: ChatState, now: number): ChatState {
  return Object.entries(state.typing).reduce(
    (outer, [channelId, typists]) =>
      Object.entries(typists).reduce(
        (inner, [userId, typist]) => (typist.until <= now ? withoutTypist(inner, channelId, userId) : inner),
        outer,
      ),
    state,
  );
}

import type { Channel, Event } from "@connectbest/contract";
import { withChannel, withMembership, withMessageIn, withoutChannel } from "./channels";
import { withDraft } from "./drafts";
import { withPerson } from "./people";
import { spotKey } from "./spot";
import type { ChatState } from "./state";
import { withThread } from "./threads";

/** How long one `typing` frame holds, in milliseconds: two of the client's own intervals. */
export const typingHolds = 6_000;

/**
 * The state after an event. Pure; applying one twice, or two in another order, ends in the same state.
 * @param now milliseconds since 1970, for what passes by itself.
 */
export function applyEvent(state: ChatState, event: Event, now: number): ChatState {
  switch (event.type) {
    case "message.created":
      return withoutTypist(
        withFacts(withMessageIn(state, event.message), event.channel),
        spotKey(event.message),
        event.message.userId,
      );
    case "message.updated":
      return withMessageIn(state, event.message);
    case "message.deleted":
      return withFacts(withMessageIn(state, event.message, true), event.channel);
    case "ack":
      return withMessageIn(state, event.message);
    case "channel.updated":
      return withChannel(state, event.channel);
    case "channel.removed":
      return withoutChannel(state, event.channelId);
    case "member.left":
      return event.user.id === state.me.id ? withoutChannel(state, event.channelId) : state;
    case "membership.updated":
      return withMembership(state, event.channelId, event.membership, event.rev);
    case "user.updated":
      return withPerson(state, event.user);
    case "presence":
      return {
        ...state,
        presence: { ...state.presence, [event.userId]: event.status },
        statusMessages: { ...state.statusMessages, [event.userId]: event.statusMessage },
      };
    case "typing":
      return event.isTyping && event.userId !== state.me.id
        ? withTypist(state, typingKey(event), event.userId, event.userName, now + typingHolds)
        : withoutTypist(state, typingKey(event), event.userId);
    case "thread.updated":
      return withThread(state, event.thread);
    case "sections.updated":
      return { ...state, sections: event.sections };
    case "draft.updated":
      return withDraft(state, event.draft);
    case "bookmark.updated":
      return { ...state, saved: { ...state.saved, [event.messageId]: event.isBookmarked } };
    case "notification":
    case "notifications.read":
      return { ...state, unseenNotifications: event.unreadCount };
    // What is loaded where it is shown, and asked for anew there.
    case "member.joined":
    case "member.updated":
    case "scheduled.updated":
    case "scheduled.removed":
    case "reminder.updated":
    case "reminder.removed":
      return state;
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

/** More of the channel has changed than the message that tells of it. */
const withFacts = (state: ChatState, channel: Channel | undefined): ChatState =>
  channel ? withChannel(state, channel) : state;

const typingKey = ({
  channelId,
  parentMessageId,
}: {
  channelId: string;
  parentMessageId?: string | undefined;
}): string => spotKey({ channelId, parentMessageId: parentMessageId ?? null });

function withTypist(state: ChatState, key: string, userId: string, userName: string, until: number): ChatState {
  return {
    ...state,
    typing: { ...state.typing, [key]: { ...state.typing[key], [userId]: { userName, until } } },
  };
}

function withoutTypist(state: ChatState, key: string, userId: string): ChatState {
  const typists = state.typing[key];
  if (!typists?.[userId]) return state;
  const { [userId]: _gone, ...others } = typists;
  return { ...state, typing: { ...state.typing, [key]: others } };
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

import type { MessageAuthor, User } from "@connectbest/contract";
import type { ChatState, Room } from "./state";

const named = (author: MessageAuthor, { id, name, avatarUrl }: User): MessageAuthor =>
  author.id === id ? { id, name, avatarUrl } : author;

const withAuthor = (room: Room, user: User): Room => ({
  ...room,
  messages: room.messages.map((message) =>
    message.userId === user.id ? { ...message, user: named(message.user, user) } : message,
  ),
});

/** Somebody is called otherwise now, or shows another picture: wherever they are shown. */
export function withPerson(state: ChatState, user: User): ChatState {
  const channels = Object.entries(state.channels ?? {}).map(([id, known]) => {
    const { participants } = known.channel;
    if (!participants?.some((person) => person.id === user.id)) return [id, known] as const;
    const channel = {
      ...known.channel,
      participants: participants.map((person) => (person.id === user.id ? user : person)),
    };
    return [id, { ...known, channel }] as const;
  });
  return {
    ...state,
    people: state.people[user.id] ? { ...state.people, [user.id]: user } : state.people,
    channels: state.channels && Object.fromEntries(channels),
    rooms: Object.fromEntries(Object.entries(state.rooms).map(([id, room]) => [id, withAuthor(room, user)])),
  };
}

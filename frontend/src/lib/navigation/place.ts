/** Pages of the chat that are no conversation. */
export const views = ["search", "activity", "threads", "saved", "drafts", "people"] as const;
export type View = (typeof views)[number];

export const isView = (word: string): word is View => (views as readonly string[]).includes(word);

/** What the address of the chat says is on screen. */
export type Place =
  | { kind: "home" }
  | { kind: "view"; view: View }
  | { kind: "channel"; channelId: string }
  | { kind: "dm"; userId: string };

const idPattern = /^[0-9a-f]{24}$/;

export const isId = (text: string): boolean => idPattern.test(text);

export function placeAt(pathname: string): Place {
  const [, , first, second] = pathname.split("/");
  if (first === "dm" && second) return { kind: "dm", userId: second };
  if (first && isView(first)) return { kind: "view", view: first };
  return first ? { kind: "channel", channelId: first } : { kind: "home" };
}

export const homePath = "/chat";
export const viewPath = (view: View): string => `/chat/${view}`;
export const channelPath = (channelId: string): string => `/chat/${channelId}`;
export const directMessagePath = (userId: string): string => `/chat/dm/${userId}`;

/** Where a message stands, to be found there: in its channel, or in its thread. */
export const messageAddress = ({
  id,
  channelId,
  parentMessageId,
}: {
  id: string;
  channelId: string;
  parentMessageId: string | null;
}): string =>
  parentMessageId
    ? `${channelPath(channelId)}?thread=${parentMessageId}&message=${id}`
    : `${channelPath(channelId)}?message=${id}`;

/** The same for others, with the name of this server. */
export const permalinkOf = (message: Parameters<typeof messageAddress>[0]): string =>
  location.origin + messageAddress(message);

/** Where something is written: a channel, or one of its threads. */
export const spotAddress = ({
  channelId,
  parentMessageId,
}: {
  channelId: string;
  parentMessageId: string | null;
}): string => (parentMessageId ? `${channelPath(channelId)}?thread=${parentMessageId}` : channelPath(channelId));

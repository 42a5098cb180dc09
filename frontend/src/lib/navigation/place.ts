/** What the address of the chat says: which conversation is on screen, and what stands beside it. */
export type Place = { kind: "home" } | { kind: "channel"; channelId: string } | { kind: "dm"; userId: string };

const idPattern = /^[0-9a-f]{24}$/;

export const isId = (text: string): boolean => idPattern.test(text);

export function placeAt(pathname: string): Place {
  const [, , first, second] = pathname.split("/");
  if (first === "dm" && second) return { kind: "dm", userId: second };
  return first ? { kind: "channel", channelId: first } : { kind: "home" };
}

export const homePath = "/chat";
export const channelPath = (channelId: string): string => `/chat/${channelId}`;
export const directMessagePath = (userId: string): string => `/chat/dm/${userId}`;

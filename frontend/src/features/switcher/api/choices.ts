import type { ChannelType, User } from "@connectbest/contract";
import { isGroup, partnerOf, titleOf, unreadOf } from "@/lib/chat/selectors";
import type { ChannelState, ChatState } from "@/lib/chat/state";
import { conversationPath } from "@/lib/navigation/conversation-path";
import { directMessagePath } from "@/lib/navigation/place";
import { fitOf, folded } from "./fuzzy";

export interface Choice {
  readonly key: string;
  readonly name: string;
  readonly href: string;
  readonly kind: ChannelType | "view" | "search";
  readonly person: User | null;
  readonly unreadCount: number;
}

interface Elsewhere {
  readonly people: readonly User[];
  /** Pages of the chat, and their names. */
  readonly views: readonly { readonly name: string; readonly href: string }[];
  /** The channels that were open, the latest first. */
  readonly recent: readonly string[];
  readonly currentId: string | null;
}

const limit = 12;

/**
 * Where one may go. Without a word: where one was last, the present place at the end. With one: what fits it best, and of
 * what fits alike the more recent; people I have not written to, and pages, among them.
 */
export function choicesFor(
  state: Pick<ChatState, "channels" | "me">,
  text: string,
  { people, views, recent, currentId }: Elsewhere,
): Choice[] {
  const wanted = folded(text.trim().replace(/^[#@]/, ""));
  const rank = new Map(recent.map((id, index) => [id, index]));
  const age = ({ channel }: ChannelState) =>
    channel.id === currentId ? Infinity : (rank.get(channel.id) ?? recent.length + 1);
  const mine = Object.values(state.channels ?? {})
    .map((item) => ({ item, fit: fitOfConversation(item, wanted, state.me.id) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || age(a.item) - age(b.item) || activity(b.item) - activity(a.item))
    .map(({ item, fit }) => ({ choice: choiceOf(item, state.me.id), fit }));
  if (wanted === "") return mine.slice(0, limit).map(({ choice }) => choice);
  const known = new Set(mine.map(({ choice }) => choice.key));
  const others = people
    .filter((person) => person.id !== state.me.id && !known.has(directMessagePath(person.id)))
    .map((person) => ({ choice: personChoice(person), fit: Math.max(40, fitOf(person.name, wanted)) - 5 }));
  const pages = views
    .map(({ name, href }) => ({ choice: viewChoice(name, href), fit: fitOf(name, wanted) - 3 }))
    .filter(({ fit }) => fit > 40);
  return [...mine, ...others, ...pages]
    .sort((a, b) => b.fit - a.fit)
    .slice(0, limit)
    .map(({ choice }) => choice);
}

function fitOfConversation({ channel }: ChannelState, wanted: string, meId: string): number {
  const names = (channel.type === "dm" ? channel.participants : undefined) ?? [];
  const others = names.filter(({ id }) => id !== meId).flatMap(({ name, username }) => [name, username]);
  return Math.max(...[titleOf(channel, meId), ...others].map((name) => fitOf(name, wanted)));
}

function choiceOf(item: ChannelState, meId: string): Choice {
  const { channel } = item;
  const href = conversationPath(channel, meId);
  const person = channel.type === "dm" && !isGroup(channel) ? (partnerOf(channel, meId) ?? null) : null;
  return { key: href, name: titleOf(channel, meId), href, kind: channel.type, person, unreadCount: unreadOf(item) };
}

function personChoice(person: User): Choice {
  const href = directMessagePath(person.id);
  return { key: href, name: person.name, href, kind: "dm", person, unreadCount: 0 };
}

const viewChoice = (name: string, href: string): Choice => ({
  key: href,
  name,
  href,
  kind: "view",
  person: null,
  unreadCount: 0,
});

const activity = ({ channel }: ChannelState): number => Date.parse(channel.lastMessage?.createdAt ?? channel.createdAt);

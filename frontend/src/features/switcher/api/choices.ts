import type { ChannelType, User } from "@connectbest/contract";
import { partnerOf, titleOf, unreadOf } from "@/lib/chat/selectors";
import type { ChatState } from "@/lib/chat/state";
import { channelPath, directMessagePath } from "@/lib/navigation/place";

export interface Choice {
  readonly key: string;
  readonly name: string;
  readonly href: string;
  readonly type: ChannelType;
  readonly person: User | null;
}

const limit = 12;

/** Where one may go: my conversations that fit, unread first, then people I have not written to. */
export function choicesFor(state: Pick<ChatState, "channels" | "me">, people: readonly User[], text: string): Choice[] {
  const wanted = text.trim().toLowerCase().replace(/^[#@]/, "");
  const mine = Object.values(state.channels ?? {})
    .filter(({ channel }) => fits(titleOf(channel, state.me.id), wanted))
    .sort((a, b) => Number(unreadOf(b) > 0) - Number(unreadOf(a) > 0) || activity(b) - activity(a))
    .map(({ channel }): Choice => {
      const person = channel.type === "dm" ? (partnerOf(channel, state.me.id) ?? null) : null;
      const href = person ? directMessagePath(person.id) : channelPath(channel.id);
      return { key: href, name: titleOf(channel, state.me.id), href, type: channel.type, person };
    });
  const known = new Set(mine.map((choice) => choice.key));
  const others = people
    .filter((person) => person.id !== state.me.id && !known.has(directMessagePath(person.id)))
    .map((person): Choice => {
      const href = directMessagePath(person.id);
      return { key: href, name: person.name, href, type: "dm", person };
    });
  return [...mine, ...(wanted ? others : [])].slice(0, limit);
}

const fits = (name: string, wanted: string): boolean =>
  wanted === "" ||
  name
    .toLowerCase()
    .split(/[\s-]+/)
    .some((word) => word.startsWith(wanted)) ||
  name.toLowerCase().startsWith(wanted);

const activity = ({ channel }: { channel: { lastMessage: { createdAt: string } | null; createdAt: string } }): number =>
  Date.parse(channel.lastMessage?.createdAt ?? channel.createdAt);

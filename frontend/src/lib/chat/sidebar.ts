import type { Section } from "@connectbest/contract";
import { sortedChannels, sortedConversations } from "./selectors";
import type { ChannelState, ChatState } from "./state";

export interface SidebarList {
  readonly favourites: readonly ChannelState[];
  readonly sections: readonly { readonly section: Section; readonly items: readonly ChannelState[] }[];
  readonly channels: readonly ChannelState[];
  /** Direct messages. */
  readonly conversations: readonly ChannelState[];
}

/** My conversations, each in one place: a favourite, else in its section, else by its kind. Archived ones are left out. */
export function sidebarOf(channels: ChatState["channels"], sections: readonly Section[]): SidebarList {
  const all = [...sortedChannels(channels), ...sortedConversations(channels)].filter(
    ({ channel }) => channel.archivedAt === null,
  );
  const known = new Set(sections.map(({ id }) => id));
  const isFavourite = ({ standing }: ChannelState) => standing.membership.isFavourite;
  const sectionOf = ({ standing }: ChannelState) =>
    standing.membership.sectionId && known.has(standing.membership.sectionId) ? standing.membership.sectionId : null;
  const plain = all.filter((item) => !isFavourite(item) && sectionOf(item) === null);
  return {
    favourites: all.filter(isFavourite),
    sections: sections.map((section) => ({
      section,
      items: all.filter((item) => !isFavourite(item) && sectionOf(item) === section.id),
    })),
    channels: plain.filter(({ channel }) => channel.type !== "dm"),
    conversations: plain.filter(({ channel }) => channel.type === "dm"),
  };
}

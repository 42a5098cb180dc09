"use client";

import { useEffect } from "react";
import { AppLink } from "@/components/ui/app-link";
import { classes } from "@/components/ui/classes";
import { useChat } from "@/lib/chat/chat-context";
import type { ChatState } from "@/lib/chat/state";
import { useEngine } from "@/lib/live/engine-context";
import { withPanel } from "@/lib/navigation/panel";
import { channelPath } from "@/lib/navigation/place";

const everybody = new Set(["channel", "all", "everyone", "here"]);
const mark = "rounded-[4px] px-0.5 font-medium";

interface PersonNameProps {
  /** As it was written, in lower case, without the `@`. */
  name: string;
  text: string;
  mentions: readonly string[];
  mentionsChannel: boolean;
}

/** `@name`: a link to whom it calls; if it calls nobody, the letters it is written in. */
export function PersonName({ name, text, mentions, mentionsChannel }: PersonNameProps) {
  const { people } = useEngine();
  const bare = name.replace(/[._-]+$/, "");
  const isEverybody = everybody.has(bare) && (mentionsChannel || bare === "here");
  useEffect(() => people.need(mentions), [people, mentions]);
  const person = useChat((state) => personCalled(state, mentions, name) ?? personCalled(state, mentions, bare));
  const isMe = useChat((state) => person !== undefined && person.id === state.me.id);
  if (isEverybody) return <span className={classes(mark, "bg-warning-tint text-warning")}>{text}</span>;
  if (!person) return text;
  const shown = `@${person.username}`;
  return (
    <>
      <AppLink
        href={withPanel({ kind: "profile", userId: person.id })}
        title={person.name}
        className={classes(
          mark,
          "hover:underline",
          isMe ? "bg-warning-tint text-warning" : "bg-accent-tint text-accent-text",
        )}
      >
        {shown}
      </AppLink>
      {text.slice(shown.length)}
    </>
  );
}

const personCalled = ({ people }: ChatState, mentions: readonly string[], username: string) => {
  for (const id of mentions) if (people[id]?.username === username) return people[id];
  return undefined;
};

/** `#name`: a link where I am in such a channel. */
export function ChannelName({ name }: { name: string }) {
  const id = useChat((state) => channelCalled(state, name));
  if (!id) return `#${name}`;
  return (
    <AppLink href={channelPath(id)} className={classes(mark, "bg-accent-tint text-accent-text hover:underline")}>
      #{name}
    </AppLink>
  );
}

const channelCalled = ({ channels }: ChatState, name: string): string | undefined =>
  Object.values(channels ?? {}).find(({ channel }) => channel.name === name)?.channel.id;

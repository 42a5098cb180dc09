"use client";

import type { Channel } from "@connectbest/contract";
import { Hash, Lock, UserPlus } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { useChat } from "@/lib/chat/chat-context";
import { othersOf, titleOf } from "@/lib/chat/selectors";
import { navigate } from "@/lib/navigation/navigate";
import { withPanel } from "@/lib/navigation/panel";
import { useText } from "@/lib/text/text-context";

/** Stands where a conversation begins, and says what to do there. */
export function ChannelIntro({ channel }: { channel: Channel }) {
  const t = useText();
  const meId = useChat((state) => state.me.id);
  const title = titleOf(channel, meId);
  const others = channel.type === "dm" ? othersOf(channel, meId) : [];
  const Icon = channel.type === "private" ? Lock : Hash;
  return (
    <div className="px-5 pt-10 pb-4 narrow:px-4">
      {channel.type === "dm" ? (
        <span className="flex -space-x-2">
          {others.slice(0, 4).map((person) => (
            <Avatar key={person.id} id={person.id} name={person.name} url={person.avatarUrl} size={64} />
          ))}
        </span>
      ) : (
        <span className="flex size-12 items-center justify-center rounded-md border border-n5 bg-n2 text-n10">
          <Icon size={20} strokeWidth={1.5} aria-hidden />
        </span>
      )}
      <h2 className="mt-4 text-title font-semibold tracking-[-0.01em]">
        {channel.type === "dm" ? title : `#${title}`}
      </h2>
      <p className="mt-1 max-w-[56ch] text-message text-n10">
        {channel.type === "dm"
          ? t("intro.dm", { names: title, count: others.length })
          : t(channel.type === "private" ? "intro.private" : "intro.public")}{" "}
        {channel.type !== "dm" && (channel.description ?? t("intro.sayHello"))}
      </p>
      {channel.type !== "dm" && channel.archivedAt === null && channel.memberCount === 1 && (
        <Button size="sm" className="mt-3" onClick={() => navigate(withPanel({ kind: "members" }))}>
          <UserPlus size={16} strokeWidth={1.5} aria-hidden />
          {t("members.add")}
        </Button>
      )}
    </div>
  );
}

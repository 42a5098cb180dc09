"use client";

import type { Channel } from "@connectbest/contract";
import { Hash, Lock } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { useChat } from "@/lib/chat/chat-context";
import { partnerOf, titleOf } from "@/lib/chat/selectors";

/** Stands where a conversation begins. */
export function ChannelIntro({ channel }: { channel: Channel }) {
  const meId = useChat((state) => state.me.id);
  const title = titleOf(channel, meId);
  const partner = channel.type === "dm" ? partnerOf(channel, meId) : undefined;
  const Icon = channel.type === "private" ? Lock : Hash;
  return (
    <div className="px-5 pt-10 pb-4 narrow:px-4">
      {partner ? (
        <Avatar id={partner.id} name={partner.name} url={partner.avatarUrl} size={64} />
      ) : (
        <span className="flex size-12 items-center justify-center rounded-md border border-n5 bg-n2 text-n10">
          <Icon size={20} strokeWidth={1.5} aria-hidden />
        </span>
      )}
      <h2 className="mt-4 text-title font-semibold tracking-[-0.01em]">{partner ? title : `#${title}`}</h2>
      <p className="mt-1 max-w-[56ch] text-message text-n10">{sentenceFor(channel, title)}</p>
    </div>
  );
}

function sentenceFor(channel: Channel, title: string): string {
  if (channel.type === "dm")
    return `This is the beginning of your conversation with ${title}. Only the two of you see it.`;
  const kind = channel.type === "private" ? "private channel" : "channel";
  return `This is the beginning of the ${kind}. ${channel.description ?? "Say what it is for, or just say hello."}`;
}

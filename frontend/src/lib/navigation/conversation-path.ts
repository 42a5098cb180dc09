import type { Channel } from "@connectbest/contract";
import { isGroup, partnerOf } from "@/lib/chat/selectors";
import { channelPath, directMessagePath } from "./place";

/** The address of a conversation: one with a single person is called by them. */
export function conversationPath(channel: Channel, meId: string): string {
  const partner = channel.type === "dm" && !isGroup(channel) ? partnerOf(channel, meId) : undefined;
  return partner ? directMessagePath(partner.id) : channelPath(channel.id);
}

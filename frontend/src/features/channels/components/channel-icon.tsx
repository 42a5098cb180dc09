import type { ChannelType } from "@connectbest/contract";
import { Hash, Lock } from "lucide-react";

export function ChannelIcon({ type, size = 16 }: { type: ChannelType; size?: 16 | 20 }) {
  const Icon = type === "private" ? Lock : Hash;
  return <Icon size={type === "private" ? size - 2 : size} strokeWidth={1.5} aria-hidden />;
}

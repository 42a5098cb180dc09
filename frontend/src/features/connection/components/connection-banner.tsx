"use client";

import { CloudOff } from "lucide-react";
import { useChat } from "@/lib/chat/chat-context";
import { useText } from "@/lib/text/text-context";

/** Over the top of the conversation, so that nothing moves when it comes; a short interruption does not show it. */
export function ConnectionBanner() {
  const t = useText();
  const connection = useChat((state) => state.connection);
  if (connection !== "offline" && connection !== "reconnecting") return null;
  return (
    <div
      role="alert"
      className="absolute inset-x-0 top-0 z-20 flex animate-rise items-center gap-2.5 border-b border-warning-line bg-warning-tint px-5 py-2 text-frame text-warning"
      style={connection === "reconnecting" ? { animationDelay: "1500ms", animationFillMode: "backwards" } : undefined}
    >
      <CloudOff size={16} strokeWidth={1.5} aria-hidden className="shrink-0" />
      {t(connection === "offline" ? "connection.offlineBanner" : "connection.lostBanner")}
    </div>
  );
}

"use client";

import { classes } from "@/components/ui/classes";
import { useChat } from "@/lib/chat/chat-context";
import { useText } from "@/lib/text/text-context";

const dots = {
  connected: "bg-online",
  connecting: "bg-n8 animate-pulse",
  reconnecting: "bg-warning animate-pulse",
  offline: "border-2 border-n9",
};

/** The quiet line at the sidebar's foot. */
export function ConnectionStatus() {
  const t = useText();
  const connection = useChat((state) => state.connection);
  return (
    <div
      role="status"
      aria-label={t("connection.label")}
      className="flex items-center gap-2 px-4 py-2.5 text-xs text-n10"
    >
      <span aria-hidden className={classes("size-2 rounded-full", dots[connection])} />
      {t(`connection.${connection}`)}
    </div>
  );
}

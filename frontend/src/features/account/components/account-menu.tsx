"use client";

import { useRef, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { PresenceDot } from "@/components/ui/presence-dot";
import { onDemand } from "@/components/ui/on-demand";
import { useChat } from "@/lib/chat/chat-context";
import { useText } from "@/lib/text/text-context";

const AccountItems = onDemand(() => import("./account-items").then((part) => part.AccountItems));

/** Me: how I appear, how this appears to me, and the way out. */
export function AccountMenu() {
  const t = useText();
  const me = useChat((state) => state.me);
  const presence = useChat((state) => state.presence[me.id]);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={t("account.menu")}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        title={me.name}
        onClick={() => setOpen(!isOpen)}
        className="relative flex rounded-md transition-opacity hover:opacity-85"
      >
        <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={36} />
        <PresenceDot presence={presence} className="absolute -right-1 -bottom-1" />
      </button>
      {isOpen && <AccountItems anchor={button} onClose={() => setOpen(false)} />}
    </>
  );
}

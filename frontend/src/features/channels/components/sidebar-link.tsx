"use client";

import { BellOff } from "lucide-react";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { classes } from "@/components/ui/classes";
import { CountBadge } from "@/components/ui/count-badge";
import { useText } from "@/lib/text/text-context";

interface SidebarLinkProps {
  href: string;
  name: string;
  icon: ReactNode;
  unreadCount: number;
  /** Of those, what calls me: only that is counted on a pill. */
  mentionCount: number;
  isMuted?: boolean;
  isCurrent: boolean;
  /** What its icon says, for those who do not see it. */
  words?: string | null;
  /** At its end, quietly. */
  note?: string | null;
}

/** One line of the sidebar: bold while something is unread, with a count of what calls me. Its name begins with its own. */
export function SidebarLink(props: SidebarLinkProps) {
  const { href, name, icon, unreadCount, mentionCount, isMuted = false, isCurrent, words, note } = props;
  const t = useText();
  const isUnread = unreadCount > 0 && (!isMuted || mentionCount > 0);
  return (
    <AppLink
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className={classes(
        "flex h-[30px] items-center gap-2.5 rounded-sm px-2.5 text-sm transition-colors duration-100 compact:h-[26px] narrow:h-11 narrow:text-message",
        isCurrent ? "bg-n5 font-medium text-n12" : "text-n11 hover:bg-n4",
        isUnread && "font-semibold text-n12",
        isMuted && !isUnread && !isCurrent && "text-n10",
      )}
    >
      <span aria-hidden className="flex w-5 shrink-0 justify-center text-n10">
        {icon}
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {name}
      </span>
      {words && <span className="sr-only">{words}</span>}
      {unreadCount > 0 && <span className="sr-only">{t("sidebar.unread", { count: unreadCount })}</span>}
      {isMuted && <BellOff size={12} strokeWidth={1.5} aria-hidden className="text-n9" />}
      {note && <span className="text-xs text-n10 tabular-nums">{note}</span>}
      <CountBadge count={mentionCount} />
    </AppLink>
  );
}

"use client";

import { classes } from "@/components/ui/classes";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { CountBadge } from "@/components/ui/count-badge";

interface SidebarLinkProps {
  href: string;
  name: string;
  icon: ReactNode;
  unreadCount: number;
  isCurrent: boolean;
}

/** One conversation in the sidebar. Its accessible name begins with the conversation's. */
export function SidebarLink({ href, name, icon, unreadCount, isCurrent }: SidebarLinkProps) {
  return (
    <AppLink
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      aria-label={unreadCount > 0 ? `${name}, ${unreadCount} unread` : name}
      className={classes(
        "flex h-[30px] items-center gap-2.5 rounded-sm px-2.5 text-sm transition-colors duration-100 narrow:h-11 narrow:text-message",
        isCurrent ? "bg-n5 font-medium text-n12" : "text-n11 hover:bg-n4",
        unreadCount > 0 && "font-semibold text-n12",
      )}
    >
      <span className="flex w-5 shrink-0 justify-center text-n10">{icon}</span>
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <CountBadge count={unreadCount} />
    </AppLink>
  );
}

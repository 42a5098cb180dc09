"use client";

import { Bell, Bookmark, House, Search, Users } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { classes } from "@/components/ui/classes";
import { AppLink } from "@/components/ui/app-link";
import { CountBadge } from "@/components/ui/count-badge";
import { ProductMark } from "@/components/ui/product-mark";
import { AccountMenu } from "@/features/account/components/account-menu";
import { useChat } from "@/lib/chat/chat-context";
import { homePath, viewPath } from "@/lib/navigation/place";
import type { Place, View } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";

const item =
  "relative flex size-10 items-center justify-center rounded-md text-n11 transition-colors duration-150 hover:bg-n5 hover:text-n12 aria-[current=page]:bg-n5 aria-[current=page]:text-n12";

/** At the left; at the bottom on a narrow screen, where a conversation takes all of it. */
export function Rail({ place }: { place: Place }) {
  const t = useText();
  const unseen = useChat((state) => state.unseenNotifications);
  const isInConversation = place.kind === "channel" || place.kind === "dm";
  return (
    <nav
      aria-label={t("rail.label")}
      className={classes(
        "z-20 flex shrink-0 items-center border-n5 bg-n3 dark:bg-n2",
        "wide:w-14 wide:flex-col wide:gap-2 wide:border-r wide:py-3",
        "narrow:order-last narrow:h-[calc(56px+env(safe-area-inset-bottom))] narrow:justify-around narrow:border-t narrow:px-2 narrow:pb-[env(safe-area-inset-bottom)]",
        isInConversation && "narrow:hidden",
      )}
    >
      <span className="mb-1 narrow:hidden" title="ConnectBest Chat">
        <ProductMark size={32} />
      </span>
      <AppLink
        href={homePath}
        aria-label={t("rail.home")}
        title={t("rail.home")}
        aria-current={place.kind === "home" || isInConversation ? "page" : undefined}
        className={item}
      >
        <RailIcon icon={House} />
      </AppLink>
      <RailLink place={place} view="search" icon={Search} />
      <RailLink place={place} view="activity" icon={Bell} count={unseen} />
      <RailLink place={place} view="saved" icon={Bookmark} />
      <RailLink place={place} view="people" icon={Users} />
      <span className="wide:flex-1 narrow:hidden" />
      <AccountMenu />
    </nav>
  );
}

interface RailLinkProps {
  place: Place;
  view: View;
  icon: LucideIcon;
  count?: number;
}

function RailLink({ place, view, icon, count = 0 }: RailLinkProps) {
  const t = useText();
  const name = t(`view.${view}`);
  return (
    <AppLink
      href={viewPath(view)}
      aria-label={count > 0 ? t("rail.withCount", { name, count }) : name}
      title={name}
      aria-current={place.kind === "view" && place.view === view ? "page" : undefined}
      className={item}
    >
      <RailIcon icon={icon} />
      <span className="absolute -top-0.5 -right-0.5">
        <CountBadge count={count} />
      </span>
    </AppLink>
  );
}

const RailIcon = ({ icon: Icon }: { icon: LucideIcon }) => <Icon size={20} strokeWidth={1.5} aria-hidden />;

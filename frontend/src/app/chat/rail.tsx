"use client";

import { classes } from "@/components/ui/classes";
import { House, Search } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { AppLink } from "@/components/ui/app-link";
import { ProductMark } from "@/components/ui/product-mark";
import { AccountMenu } from "@/features/account/components/account-menu";
import { homePath } from "@/lib/navigation/place";

interface RailProps {
  isHome: boolean;
  onFind(): void;
}

const item =
  "flex size-10 items-center justify-center rounded-md text-n11 transition-colors duration-150 hover:bg-n5 hover:text-n12";

/** At the left; at the bottom on a narrow screen, where a conversation takes all of it. */
export function Rail({ isHome, onFind }: RailProps) {
  return (
    <nav
      aria-label="Workspace"
      className={classes(
        "z-20 flex shrink-0 items-center border-n5 bg-n3 dark:bg-n2",
        "wide:w-14 wide:flex-col wide:gap-2 wide:border-r wide:py-3",
        "narrow:order-last narrow:h-[calc(56px+env(safe-area-inset-bottom))] narrow:justify-around narrow:border-t narrow:px-4 narrow:pb-[env(safe-area-inset-bottom)]",
        !isHome && "narrow:hidden",
      )}
    >
      <span className="mb-1 narrow:hidden" title="ConnectBest Chat">
        <ProductMark size={32} />
      </span>
      <AppLink href={homePath} aria-label="Home" title="Home" className={classes(item, "bg-n5 text-n12 wide:hidden")}>
        <RailIcon icon={House} />
      </AppLink>
      <button type="button" aria-label="Find" title="Find (Ctrl+K)" onClick={onFind} className={item}>
        <RailIcon icon={Search} />
      </button>
      <span className="wide:flex-1 narrow:hidden" />
      <AccountMenu />
    </nav>
  );
}

const RailIcon = ({ icon: Icon }: { icon: LucideIcon }) => <Icon size={20} strokeWidth={1.5} aria-hidden />;

"use client";

import { Compass, Keyboard, LogOut, Monitor, Moon, Settings, Smile, Sun, UserRound } from "lucide-react";
import { useSyncExternalStore } from "react";
import type { RefObject } from "react";
import { MenuItem, MenuItems, MenuSeparator } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { signOut } from "@/lib/auth/end-session";
import { useChat } from "@/lib/chat/chat-context";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { navigate } from "@/lib/navigation/navigate";
import { viewPath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { followTheme, keepTheme, themeChoice, themeChoices } from "@/lib/theme/theme";

const themes = { light: Sun, dark: Moon, system: Monitor };

interface AccountItemsProps {
  anchor: RefObject<HTMLElement | null>;
  onClose(): void;
}

export function AccountItems({ anchor, onClose }: AccountItemsProps) {
  const t = useText();
  const { open } = useDialogs();
  const me = useChat((state) => state.me);
  const theme = useSyncExternalStore(followTheme, themeChoice, () => "system" as const);
  return (
    <Popover anchor={anchor} placement="right-end" label={t("account.menu")} onClose={onClose}>
      <MenuItems label={t("account.menu")} onDone={onClose}>
        <p dir="auto" className="max-w-72 truncate px-2 pt-1 pb-1.5 text-sm font-semibold">
          {me.name}
        </p>
        <MenuItem icon={Smile} onSelect={() => open({ name: "status" })}>
          {t("status.set")}
        </MenuItem>
        <MenuItem icon={UserRound} onSelect={() => navigate(`${viewPath("people")}?profile=${me.id}`)}>
          {t("account.profile")}
        </MenuItem>
        <MenuSeparator />
        {themeChoices.map((choice) => (
          <MenuItem key={choice} icon={themes[choice]} isChecked={theme === choice} onSelect={() => keepTheme(choice)}>
            {t(`theme.${choice}`)}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={Compass} onSelect={() => open({ name: "tour" })}>
          {t("account.tour")}
        </MenuItem>
        <MenuItem icon={Keyboard} onSelect={() => open({ name: "shortcuts" })}>
          {t("keys.title")}
        </MenuItem>
        <MenuItem icon={Settings} onSelect={() => location.assign("/settings/profile")}>
          {t("account.settings")}
        </MenuItem>
        <MenuItem icon={LogOut} onSelect={() => void signOut()}>
          {t("account.signOut")}
        </MenuItem>
      </MenuItems>
    </Popover>
  );
}

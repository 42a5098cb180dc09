"use client";

import { LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { signOut } from "@/lib/auth/end-session";
import { useChat } from "@/lib/chat/chat-context";
import { followTheme, keepTheme, themeChoice, themeChoices } from "@/lib/theme/theme";

const themes = {
  light: { icon: Sun, name: "Light theme" },
  dark: { icon: Moon, name: "Dark theme" },
  system: { icon: Monitor, name: "System theme" },
};

export function AccountMenu() {
  const me = useChat((state) => state.me);
  const theme = useSyncExternalStore(followTheme, themeChoice, () => "system" as const);
  return (
    <Menu
      label="Account menu"
      placement="bottom-full mb-2 narrow:right-0 wide:bottom-0 wide:left-full wide:mb-0 wide:ml-3"
      trigger={(props) => (
        <button
          type="button"
          aria-label="Account menu"
          title={me.name}
          {...props}
          className="flex rounded-md transition-opacity hover:opacity-85"
        >
          <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={36} />
        </button>
      )}
    >
      <p className="truncate px-2 pt-1 pb-1.5 text-sm font-semibold">{me.name}</p>
      <MenuSeparator />
      {themeChoices.map((choice) => (
        <MenuItem
          key={choice}
          icon={themes[choice].icon}
          isChecked={theme === choice}
          onSelect={() => keepTheme(choice)}
        >
          {themes[choice].name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={Settings} onSelect={() => location.assign("/settings/profile")}>
        Settings
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

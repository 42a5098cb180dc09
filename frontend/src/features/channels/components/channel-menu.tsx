"use client";

import type { Channel } from "@connectbest/contract";
import { Bell, BellOff, EllipsisVertical, Files, FolderInput, Info, LogOut, Pin, Star, StarOff } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { navigate } from "@/lib/navigation/navigate";
import { withPanel } from "@/lib/navigation/panel";
import { useText } from "@/lib/text/text-context";
import { useMembership } from "../hooks/use-membership";

/** How I keep a channel: loud or quiet, near or far, or not at all. */
export function ChannelMenu({ channel }: { channel: Channel }) {
  const t = useText();
  const { open } = useDialogs();
  const { membership, setNotifications, setPlace } = useMembership(channel.id);
  const isFavourite = membership?.isFavourite ?? false;
  const isMuted = membership?.muted ?? false;
  return (
    <Menu
      label={t("channel.menu")}
      placement="top-full right-0 mt-1"
      trigger={(props) => <IconButton label={t("ui.more")} icon={EllipsisVertical} className="size-8" {...props} />}
    >
      <MenuItem icon={isFavourite ? StarOff : Star} onSelect={() => setPlace({ isFavourite: !isFavourite })}>
        {isFavourite ? t("channel.unfavour") : t("channel.favour")}
      </MenuItem>
      <MenuItem icon={FolderInput} onSelect={() => open({ name: "section", channelId: channel.id })}>
        {t("channel.toSection")}
      </MenuItem>
      <MenuItem icon={isMuted ? Bell : BellOff} onSelect={() => setNotifications({ muted: !isMuted })}>
        {isMuted ? t("channel.unmute") : t("channel.mute")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Pin} onSelect={() => navigate(withPanel({ kind: "pins" }))}>
        {t("pins.title")}
      </MenuItem>
      <MenuItem icon={Files} onSelect={() => navigate(withPanel({ kind: "files" }))}>
        {t("files.title")}
      </MenuItem>
      <MenuItem icon={Info} onSelect={() => navigate(withPanel({ kind: "about" }))}>
        {t("about.title")}
      </MenuItem>
      {channel.type !== "dm" && (
        <>
          <MenuSeparator />
          <MenuItem icon={LogOut} tone="danger" onSelect={() => open({ name: "leave", channel })}>
            {t("channel.leave")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

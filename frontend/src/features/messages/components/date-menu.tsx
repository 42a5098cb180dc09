"use client";

import { CalendarDays, ChevronsUp, Clock } from "lucide-react";
import { useState } from "react";
import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { MenuItem, MenuItems } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { TextField } from "@/components/ui/text-field";
import { navigate } from "@/lib/navigation/navigate";
import { channelPath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";

interface DateMenuProps {
  anchor: RefObject<HTMLElement | null>;
  channelId: string;
  onClose(): void;
}

const dayOf = (daysAgo: number): string => {
  const now = new Date();
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
};

/** To another day of the channel; the address says which. */
export function DateMenu({ anchor, channelId, onClose }: DateMenuProps) {
  const t = useText();
  const [isChoosing, setChoosing] = useState(false);
  const go = (day: string) => {
    onClose();
    navigate(`${channelPath(channelId)}?date=${day}`);
  };
  if (isChoosing)
    return (
      <Dialog title={t("message.jumpToDate")} onClose={onClose}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            go(String(new FormData(event.currentTarget).get("day")));
          }}
          className="space-y-5 px-6 pb-5"
        >
          <TextField label={t("message.date")} name="day" type="date" required max={dayOf(0)} defaultValue={dayOf(0)} />
          <footer className="flex justify-end gap-2">
            <Button onClick={onClose}>{t("ui.cancel")}</Button>
            <Button type="submit" tone="primary">
              {t("message.jump")}
            </Button>
          </footer>
        </form>
      </Dialog>
    );
  return (
    <Popover
      anchor={anchor}
      placement="bottom-start"
      role="presentation"
      label={t("message.jumpToDate")}
      onClose={onClose}
    >
      <MenuItems label={t("message.jumpToDate")} onDone={() => undefined} onEscape={onClose}>
        <MenuItem icon={Clock} onSelect={() => go(dayOf(1))}>
          {t("message.yesterday")}
        </MenuItem>
        <MenuItem icon={Clock} onSelect={() => go(dayOf(7))}>
          {t("message.lastWeek")}
        </MenuItem>
        <MenuItem icon={Clock} onSelect={() => go(dayOf(30))}>
          {t("message.lastMonth")}
        </MenuItem>
        <MenuItem icon={ChevronsUp} onSelect={() => go("1970-01-01")}>
          {t("message.theBeginning")}
        </MenuItem>
        <MenuItem icon={CalendarDays} onSelect={() => setChoosing(true)}>
          {t("message.otherDate")}
        </MenuItem>
      </MenuItems>
    </Popover>
  );
}

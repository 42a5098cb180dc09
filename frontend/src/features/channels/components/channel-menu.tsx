"use client";

import type { Channel } from "@connectbest/contract";
import { EllipsisVertical, LogOut } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { sentenceOf } from "@/lib/api/api-error";
import { navigate } from "@/lib/navigation/navigate";
import { homePath } from "@/lib/navigation/place";
import { useLeave } from "../hooks/use-join";

export function ChannelMenu({ channel }: { channel: Channel }) {
  const [isLeaving, setLeaving] = useState(false);
  return (
    <>
      <Menu
        label="Channel menu"
        placement="top-full right-0 mt-1"
        trigger={(props) => <IconButton label="More" icon={EllipsisVertical} className="size-8" {...props} />}
      >
        <MenuItem icon={LogOut} tone="danger" onSelect={() => setLeaving(true)}>
          Leave channel
        </MenuItem>
      </Menu>
      {isLeaving && <LeaveDialog channel={channel} onClose={() => setLeaving(false)} />}
    </>
  );
}

function LeaveDialog({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const leave = useLeave();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function confirm() {
    setBusy(true);
    try {
      await leave(channel.id);
      navigate(homePath, { replace: true });
    } catch (thrown) {
      setError(sentenceOf(thrown));
      setBusy(false);
    }
  }

  const consequence =
    channel.type === "private"
      ? "It is private: to come back, somebody in it has to add you."
      : "You can join again whenever you like.";
  return (
    <Dialog title={`Leave #${channel.name ?? ""}?`} description={consequence} onClose={onClose}>
      {error && (
        <div className="px-6">
          <Notice tone="danger">{error}</Notice>
        </div>
      )}
      <footer className="flex justify-end gap-2 px-6 pt-4 pb-5">
        <Button onClick={onClose}>Stay</Button>
        <Button tone="danger" isBusy={isBusy} onClick={() => void confirm()}>
          Leave
        </Button>
      </footer>
    </Dialog>
  );
}

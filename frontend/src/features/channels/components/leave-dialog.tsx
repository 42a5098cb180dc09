"use client";

import type { Channel } from "@connectbest/contract";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { navigate } from "@/lib/navigation/navigate";
import { homePath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { useLeave } from "../hooks/use-join";

export function LeaveDialog({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const t = useText();
  const leave = useLeave();
  return (
    <ConfirmDialog
      title={t("channel.leaveTitle", { name: channel.name ?? "" })}
      description={channel.type === "private" ? t("channel.leavePrivate") : t("channel.leavePublic")}
      action={t("channel.leaveAction")}
      cancel={t("channel.stay")}
      onConfirm={async () => {
        await leave(channel.id);
        navigate(homePath, { replace: true });
      }}
      onClose={onClose}
    />
  );
}

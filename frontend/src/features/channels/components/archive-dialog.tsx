"use client";

import type { Channel } from "@connectbest/contract";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { api } from "@/lib/api/client";
import { useText } from "@/lib/text/text-context";

export function ArchiveDialog({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const t = useText();
  return (
    <ConfirmDialog
      title={t("channel.archiveTitle", { name: channel.name ?? "" })}
      description={t("channel.archiveMeans")}
      action={t("channel.archiveAction")}
      onConfirm={async () => {
        await api.delete("/chat/channels/:id", { params: { id: channel.id } });
      }}
      onClose={onClose}
    />
  );
}

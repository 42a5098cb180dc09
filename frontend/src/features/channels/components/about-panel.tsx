"use client";

import type { Channel, NotificationLevel } from "@connectbest/contract";
import { Archive, LogOut } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { SidePanel } from "@/components/ui/side-panel";
import { Switch } from "@/components/ui/switch";
import { TextField } from "@/components/ui/text-field";
import { api } from "@/lib/api/client";
import { withChannel } from "@/lib/chat/channels";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { titleOf } from "@/lib/chat/selectors";
import { useFormats } from "@/lib/format/formats-context";
import { useSubmit } from "@/lib/forms/use-submit";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { useText } from "@/lib/text/text-context";
import { mayManage } from "@/lib/chat/may-manage";
import { useMembership } from "../hooks/use-membership";
import { ChannelNameField } from "./channel-name-field";

/** What a channel is, how loud it is for me, and, for its administrators, what it is called. */
export function AboutPanel({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const t = useText();
  const formats = useFormats();
  const { open } = useDialogs();
  const meId = useChat((state) => state.me.id);
  const manages = useChat((state) => mayManage(state, channel));
  const isDirect = channel.type === "dm";
  const title = titleOf(channel, meId);
  return (
    <SidePanel title={t("about.title")} note={isDirect ? title : `#${title}`} onClose={onClose}>
      <div className="min-h-0 flex-1 space-y-7 overflow-y-auto p-5">
        {!isDirect && (
          <section className="space-y-2">
            {manages && channel.archivedAt === null ? (
              <DetailsForm channel={channel} />
            ) : (
              <p dir="auto" className="text-message">
                {channel.description ?? t("about.noDescription")}
              </p>
            )}
            <p className="text-frame text-n10">
              {t("about.createdOn", { date: formats.date(channel.createdAt) })} ·{" "}
              {t("channel.members", { count: channel.memberCount })}
            </p>
          </section>
        )}
        <Loudness channel={channel} />
        {!isDirect && (
          <section className="flex flex-wrap gap-2 border-t border-n5 pt-5">
            {manages && channel.archivedAt === null && (
              <Button tone="danger" onClick={() => open({ name: "archive", channel })}>
                <Archive size={16} strokeWidth={1.5} aria-hidden />
                {t("channel.archive")}
              </Button>
            )}
            <Button tone="danger" onClick={() => open({ name: "leave", channel })}>
              <LogOut size={16} strokeWidth={1.5} aria-hidden />
              {t("channel.leave")}
            </Button>
          </section>
        )}
      </div>
    </SidePanel>
  );
}

function DetailsForm({ channel }: { channel: Channel }) {
  const t = useText();
  const store = useChatStore();
  const [name, setName] = useState(channel.name ?? "");
  const form = useSubmit(async (field) => {
    const body = { name, description: field("description").trim() || null };
    const answer = await api.put("/chat/channels/:id", { params: { id: channel.id }, body });
    store.update((state) => withChannel(state, answer.channel));
  });
  return (
    <form onSubmit={form.submit} className="space-y-4">
      {form.sentence && <Notice tone="danger">{form.sentence}</Notice>}
      <ChannelNameField name={name} onName={setName} error={form.fields["name"]} />
      <TextField
        label={t("channel.description")}
        name="description"
        autoComplete="off"
        maxLength={500}
        defaultValue={channel.description ?? ""}
        error={form.fields["description"]}
      />
      <FormActions label={t("ui.save")} isBusy={form.isBusy} done={form.isDone && t("about.saved")} />
    </form>
  );
}

function Loudness({ channel }: { channel: Channel }) {
  const t = useText();
  const { membership, setNotifications } = useMembership(channel.id);
  if (!membership) return null;
  return (
    <section className="space-y-4 border-t border-n5 pt-5">
      <h3 className="text-sm font-semibold">{t("about.notifications")}</h3>
      <SelectField
        label={t("about.notifyMeOf")}
        value={membership.level}
        options={[
          ["all", t("level.all")],
          ["mentions", t("level.mentions")],
          ["nothing", t("level.nothing")],
        ]}
        onChange={(event) => setNotifications({ level: event.target.value as NotificationLevel })}
      />
      <Switch
        label={t("channel.mute")}
        hint={t("channel.muteHint")}
        isOn={membership.muted}
        onChange={(muted) => setNotifications({ muted })}
      />
    </section>
  );
}

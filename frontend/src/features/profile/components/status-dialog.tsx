"use client";

import type { UserStatus, Me } from "@connectbest/contract";
import { useQuery } from "@tanstack/react-query";
import { SmilePlus, X } from "lucide-react";
import { useRef, useState } from "react";
import { EmojiPicker } from "@/components/emoji/emoji-picker";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { ListSkeleton } from "@/components/ui/list-skeleton";
import { LoadError } from "@/components/ui/load-error";
import { Notice } from "@/components/ui/notice";
import { Popover } from "@/components/ui/popover";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChat } from "@/lib/chat/chat-context";
import { useSubmit } from "@/lib/forms/use-submit";
import { notices } from "@/lib/notices/notices";
import { usePreferences } from "@/lib/preferences/preferences-context";
import type { TextKey } from "@/lib/text/catalog";
import { useText } from "@/lib/text/text-context";
import { endOf } from "../api/status-times";
import type { StatusEnd } from "../api/status-times";
import { StatusUntil } from "./status-until";

const statuses: readonly UserStatus[] = ["online", "away", "busy", "inmeeting", "offline"];
const proposals = [
  { emoji: "📅", key: "status.meeting", status: "inmeeting", end: "60" },
  { emoji: "🎧", key: "status.focus", status: "busy", end: "60" },
  { emoji: "🍽️", key: "status.lunch", status: "away", end: "60" },
  { emoji: "🏡", key: "status.home", status: "online", end: "today" },
] as const satisfies readonly { emoji: string; key: TextKey; status: UserStatus; end: StatusEnd }[];

/** What stands beside my name: a status, a few words with an emoji, and until when. */
export function StatusDialog({ onClose }: { onClose(): void }) {
  const t = useText();
  const { data, error, refetch } = useQuery({
    queryKey: ["me"],
    queryFn: async ({ signal }) => (await api.get("/auth/me", { signal })).user,
    // As it is now: it may have ended, or been changed on another device.
    gcTime: 0,
  });
  return (
    <Dialog title={t("status.set")} onClose={onClose}>
      {data && <StatusForm me={data} onClose={onClose} />}
      {!data && (
        <div className="px-6 pb-5">
          {error ? <LoadError sentence={sentenceOf(error)} onRetry={() => void refetch()} /> : <ListSkeleton />}
        </div>
      )}
    </Dialog>
  );
}

function StatusForm({ me, onClose }: { me: Me; onClose(): void }) {
  const t = useText();
  const mine = useChat((state) => state.presence[me.id]);
  const { preferences, choose } = usePreferences();
  const [status, setStatus] = useState<UserStatus>(mine === undefined || mine === "offline" ? "online" : mine);
  const [message, setMessage] = useState(me.statusMessage ?? "");
  const [end, setEnd] = useState<StatusEnd>(me.statusExpiresAt ? "kept" : "never");
  const [isPicking, setPicking] = useState(false);
  const smile = useRef<HTMLButtonElement>(null);

  const form = useSubmit(async (field) => {
    const expiresAt = end === "kept" ? me.statusExpiresAt : endOf(end, field("custom"));
    const body = { status, statusMessage: message.trim() || null, expiresAt };
    await api.put("/users/me/status", { body });
    onClose();
    notices.say(t("status.done"));
  });
  const clearing = useSubmit(async () => {
    await api.put("/users/me/status", { body: { status: "online", statusMessage: null, expiresAt: null } });
    onClose();
    notices.say(t("status.cleared"));
  });

  return (
    <>
      <form onSubmit={form.submit} className="space-y-4 px-6 pb-3">
        {(form.sentence ?? clearing.sentence) && <Notice tone="danger">{form.sentence ?? clearing.sentence}</Notice>}
        <TextField
          label={t("status.message")}
          name="statusMessage"
          autoFocus
          maxLength={100}
          autoComplete="off"
          value={message}
          onChange={(event) => setMessage(event.target.value)}
          error={form.fields["statusMessage"]}
          after={
            <>
              {message && <IconButton label={t("status.empty")} icon={X} onClick={() => setMessage("")} />}
              <IconButton
                ref={smile}
                label={t("composer.emoji")}
                icon={SmilePlus}
                aria-haspopup="dialog"
                aria-expanded={isPicking}
                onClick={() => setPicking(true)}
                className="mr-1"
              />
            </>
          }
        />
        <ul aria-label={t("status.proposals")} className="flex flex-wrap gap-1.5">
          {proposals.map((proposal) => (
            <li key={proposal.key}>
              <Button
                size="sm"
                onClick={() => {
                  setMessage(`${proposal.emoji} ${t(proposal.key)}`);
                  setStatus(proposal.status);
                  setEnd(proposal.end);
                }}
              >
                <span aria-hidden>{proposal.emoji}</span> {t(proposal.key)}
              </Button>
            </li>
          ))}
        </ul>
        <SelectField
          label={t("status.iAm")}
          value={status}
          options={statuses.map((one) => [one, t(`status.${one}`)])}
          onChange={(event) => setStatus(event.target.value as UserStatus)}
        />
        <StatusUntil end={end} onEnd={setEnd} kept={me.statusExpiresAt} error={form.fields["expiresAt"]} />
        <footer className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" tone="primary" isBusy={form.isBusy}>
            {t("status.set")}
          </Button>
        </footer>
      </form>
      <form onSubmit={clearing.submit} className="border-t border-n5 px-6 py-3">
        <Button type="submit" tone="quiet" size="sm" isBusy={clearing.isBusy}>
          {t("status.clear")}
        </Button>
      </form>
      {isPicking && (
        <Popover anchor={smile} placement="bottom-end" label={t("composer.emoji")} onClose={() => setPicking(false)}>
          <EmojiPicker
            tone={preferences.skinTone}
            onTone={(skinTone) => choose({ skinTone })}
            onPick={(emoji) => {
              setMessage(`${emoji} ${message}`.trim());
              setPicking(false);
            }}
          />
        </Popover>
      )}
    </>
  );
}

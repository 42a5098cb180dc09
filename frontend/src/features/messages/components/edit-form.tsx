"use client";

import type { Message } from "@connectbest/contract";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { useFocusGivenBack } from "@/components/ui/use-focus-given-back";
import { useEngine } from "@/lib/live/engine-context";
import { usePreferences } from "@/lib/preferences/preferences-context";
import { useText } from "@/lib/text/text-context";
import { MessageField } from "../composer/message-field";

const maxLength = 5_000;

/** A message of mine, written anew in its place: Enter saves, Esc leaves it as it was. */
export function EditForm({ message, onDone }: { message: Message; onDone(): void }) {
  const t = useText();
  const { actions } = useEngine();
  const { preferences } = usePreferences();
  const [text, setText] = useState(message.content);
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useFocusGivenBack(form);
  const canSave = text.length <= maxLength && (text.trim() !== "" || message.attachments.length > 0);

  useEffect(() => {
    const element = field.current;
    const before = document.activeElement;
    const row = element?.closest<HTMLElement>("article");
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
    element?.scrollIntoView({ block: "nearest" });
    return () => {
      // Where it came from: the field below, the message; the message, too, where its menu is gone.
      if (document.activeElement !== document.body) return;
      const back = before instanceof HTMLElement && before.isConnected && before !== document.body ? before : row;
      back?.focus({ preventScroll: true });
    };
  }, []);

  function save() {
    if (!canSave) return;
    if (text !== message.content) actions.edit(message.id, text);
    onDone();
  }

  return (
    <form
      ref={form}
      aria-label={t("message.edit")}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      className="my-1 rounded-md border border-n7 bg-n1 focus-within:border-accent dark:bg-n3/60"
    >
      <MessageField
        field={field}
        channelId={message.channelId}
        label={t("message.edit")}
        value={text}
        onChange={setText}
        onSubmit={save}
        onKey={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          onDone();
        }}
      />
      <div className="flex items-center justify-end gap-2 px-2 pb-2">
        <span className="flex-1 px-2 text-xs text-n10 narrow:hidden">
          {t(preferences.enterKey === "send" ? "message.editHint" : "message.editHintCtrlEnter")}
        </span>
        <Button size="sm" onClick={onDone}>
          {t("ui.cancel")}
        </Button>
        <Button type="submit" size="sm" tone="primary" disabled={!canSave}>
          {t("ui.save")}
        </Button>
      </div>
    </form>
  );
}

"use client";

import { useEffect, useRef, useState } from "react";
import type { DragEvent, KeyboardEvent } from "react";
import { onDemand } from "@/components/ui/on-demand";
import { useChat } from "@/lib/chat/chat-context";
import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";
import type { Upload } from "@/lib/chat/state";
import { useEngine } from "@/lib/live/engine-context";
import { notices } from "@/lib/notices/notices";
import { useText } from "@/lib/text/text-context";
import { ComposerBar } from "./composer-bar";
import { Formatting } from "./formatting";
import { MessageField } from "./message-field";
import { useDraft } from "./use-draft";

const UploadCards = onDemand(() => import("./upload-cards").then((part) => part.UploadCards));

/** The wire's limits (see MessageContent and filesPerMessage). */
const maxLength = 5_000;
const maxFiles = 10;
const maxBytes = 50 * 1024 * 1024;
const none: readonly Upload[] = [];

interface ComposerProps {
  spot: Spot;
  /** "Message #general" */
  label: string;
  /** Arrow up in an empty field. */
  onEditLast(): void;
}

/** Mounted anew for each spot. */
export function Composer({ spot, label, onEditLast }: ComposerProps) {
  const t = useText();
  const engine = useEngine();
  const [text, setText, emptyText] = useDraft(spot);
  const uploads = useChat((state) => state.uploads[spotKey(spot)] ?? none);
  const field = useRef<HTMLTextAreaElement>(null);
  const [isFormatting, setFormatting] = useState(false);
  const [isDropping, setDropping] = useState(false);
  const left = maxLength - text.length;
  const isWaiting = uploads.some(({ sent }) => !sent);
  const isSomething = text.trim().length > 0 || uploads.length > 0;
  const canSend = isSomething && left >= 0 && !isWaiting;

  useEffect(() => {
    // Not on a touch screen: the keyboard would cover what one came to read.
    if (matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
    return () => engine.typing.stop();
  }, [engine]);

  function change(next: string) {
    setText(next);
    engine.typing.typed(spot, next.trim().length > 0);
  }

  function clear() {
    emptyText();
    engine.drafts.clear(spot);
    field.current?.focus();
  }

  /** In front of what was written since. */
  function putBack(content: string) {
    const since = engine.drafts.textOf(spot);
    change(since ? `${content}\n${since}` : content);
  }

  function send() {
    if (!canSend) return;
    engine.send(spot, text, engine.uploads.take(spot));
    clear();
  }

  function add(files: readonly File[]) {
    const fitting = files.filter(({ size }) => size > 0 && size <= maxBytes);
    const room = maxFiles - uploads.length;
    for (const file of files)
      if (file.size > maxBytes) notices.say(t("files.tooLarge", { name: file.name }), { tone: "danger" });
      else if (file.size === 0) notices.say(t("files.empty", { name: file.name }), { tone: "danger" });
    if (fitting.length > room) notices.say(t("files.tooMany", { most: maxFiles }), { tone: "danger" });
    engine.uploads.add(spot, fitting.slice(0, room));
    field.current?.focus();
  }

  function onKey(event: KeyboardEvent) {
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "ArrowUp" && isPlain && text === "") {
      event.preventDefault();
      onEditLast();
    }
  }

  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    // No form: what opens from it has forms of its own, and forms within forms send the page away.
    <div
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node) && setDropping(false)}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDropping(false);
        add([...event.dataTransfer.files]);
      }}
      data-dropping={isDropping || undefined}
      className="relative mx-5 flex shrink-0 flex-col rounded-md border border-n6 bg-n1 transition-colors duration-150 focus-within:border-n8 data-dropping:border-accent data-dropping:bg-accent-tint dark:bg-n3/60 narrow:mx-3"
    >
      {isFormatting && <Formatting field={field} />}
      <MessageField
        field={field}
        channelId={spot.channelId}
        label={label}
        value={text}
        onChange={change}
        onSubmit={send}
        onKey={onKey}
        onFiles={add}
      />
      {uploads.length > 0 && <UploadCards spot={spot} uploads={uploads} />}
      <ComposerBar
        spot={spot}
        field={field}
        text={text}
        left={left}
        canSend={canSend}
        isWaiting={isWaiting}
        isFormatting={isFormatting}
        onToggleFormatting={() => setFormatting(!isFormatting)}
        onFiles={add}
        onSend={send}
        onTaken={clear}
        onFailed={putBack}
      />
    </div>
  );
}

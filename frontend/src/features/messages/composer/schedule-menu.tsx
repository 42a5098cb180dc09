"use client";

import { CalendarClock, Clock } from "lucide-react";
import { useState } from "react";
import type { RefObject } from "react";
import { MomentDialog } from "@/components/ui/moment-dialog";
import { MenuItem, MenuItems } from "@/components/ui/menu";
import { Popover } from "@/components/ui/popover";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import type { Spot } from "@/lib/chat/spot";
import { useFormats } from "@/lib/format/formats-context";
import { momentOf } from "@/lib/format/later";
import type { Later } from "@/lib/format/later";
import { useEngine } from "@/lib/live/engine-context";
import { navigate } from "@/lib/navigation/navigate";
import { viewPath } from "@/lib/navigation/place";
import { notices } from "@/lib/notices/notices";
import { useText } from "@/lib/text/text-context";

const choices: readonly Later[] = ["inAnHour", "tomorrow", "monday"];

interface ScheduleMenuProps {
  anchor: RefObject<HTMLElement | null>;
  spot: Spot;
  content: string;
  /** On its way to the server: it stands in the field no more. */
  onTaken(): void;
  /** The server did not take it. */
  onFailed(content: string): void;
  onClose(): void;
}

/** Sending later: by a word, or at a moment of one's own. */
export function ScheduleMenu({ anchor, spot, content, onTaken, onFailed, onClose }: ScheduleMenuProps) {
  const t = useText();
  const formats = useFormats();
  const engine = useEngine();
  const [isChoosing, setChoosing] = useState(false);

  async function schedule(moment: Date): Promise<void> {
    const files = engine.uploads.take(spot);
    onTaken();
    const { channelId, parentMessageId } = spot;
    const body = {
      channelId,
      content,
      sendAt: moment.toISOString(),
      fileIds: files.map(({ id }) => id),
      ...(parentMessageId && { parentMessageId }),
    };
    const { scheduledMessage } = await api.post("/scheduled-messages", { body }).catch((error: unknown) => {
      engine.uploads.putBack(spot, files);
      onFailed(content);
      throw error;
    });
    notices.say(t("composer.scheduled", { when: formats.dateAndTime(scheduledMessage.sendAt) }), {
      action: { label: t("composer.showScheduled"), act: () => navigate(`${viewPath("drafts")}?tab=scheduled`) },
    });
  }
  const choose = (later: Later) =>
    void schedule(momentOf(later)).catch((error: unknown) => notices.say(sentenceOf(error), { tone: "danger" }));

  if (isChoosing)
    return (
      <MomentDialog
        title={t("composer.schedule")}
        label={t("composer.sendAt")}
        action={t("composer.schedule")}
        onChoose={schedule}
        onClose={onClose}
      />
    );
  return (
    <Popover anchor={anchor} placement="top-end" role="presentation" label={t("composer.schedule")} onClose={onClose}>
      <MenuItems label={t("composer.schedule")} onDone={() => undefined} onEscape={onClose}>
        {choices.map((later) => (
          <MenuItem
            key={later}
            icon={Clock}
            shortcut={formats.time(momentOf(later).toISOString())}
            onSelect={() => {
              choose(later);
              onClose();
            }}
          >
            {t(`later.${later}`)}
          </MenuItem>
        ))}
        <MenuItem icon={CalendarClock} onSelect={() => setChoosing(true)}>
          {t("later.custom")}
        </MenuItem>
      </MenuItems>
    </Popover>
  );
}

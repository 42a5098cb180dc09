"use client";

import type { Message } from "@connectbest/contract";
import { useEffect } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Dialog } from "@/components/ui/dialog";
import { useChat } from "@/lib/chat/chat-context";
import { useEngine } from "@/lib/live/engine-context";
import { useText } from "@/lib/text/text-context";

/** Who answered with what: for those who cannot hover over it. */
export function ReactionsDialog({ message, onClose }: { message: Message; onClose(): void }) {
  const t = useText();
  const { people } = useEngine();
  const known = useChat((state) => state.people);
  const { reactions } = message;
  useEffect(() => people.need(reactions.flatMap(({ userIds }) => userIds)), [people, reactions]);
  return (
    <Dialog title={t("reactions.whoReacted")} onClose={onClose}>
      <div role="group" aria-label={t("reactions.title")} tabIndex={0} className="space-y-4 overflow-y-auto px-6 pb-6">
        {reactions.map(({ emoji, count, userIds }) => (
          <section key={emoji} aria-label={t("reactions.count", { emoji, count })}>
            <h3 aria-hidden className="mb-1 flex items-center gap-2 text-frame font-medium text-n10">
              <span className="text-lg leading-none">{emoji}</span> {count}
            </h3>
            <ul>
              {userIds.map((id) => (
                <li key={id} className="flex h-9 items-center gap-2.5 text-sm">
                  <Avatar id={id} name={known[id]?.name ?? ""} url={known[id]?.avatarUrl ?? null} size={28} />
                  <span dir="auto" className="truncate">
                    {known[id]?.name ?? "…"}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

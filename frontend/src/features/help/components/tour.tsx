"use client";

import { Hash, Keyboard, MessageSquareReply, Palette, X } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { IconButton } from "@/components/ui/icon-button";
import { usePreferences } from "@/lib/preferences/preferences-context";
import type { TextKey } from "@/lib/text/catalog";
import { useText } from "@/lib/text/text-context";

const steps: readonly { icon: LucideIcon; title: TextKey; text: TextKey }[] = [
  { icon: Hash, title: "tour.channels", text: "tour.channelsText" },
  { icon: MessageSquareReply, title: "tour.threads", text: "tour.threadsText" },
  { icon: Keyboard, title: "tour.keys", text: "tour.keysText" },
  { icon: Palette, title: "tour.yours", text: "tour.yoursText" },
];

/**
 * The first steps: four of them, and the way past them. At the sidebar's foot, where it hinders nothing; shown once, and by the
 * account menu whenever one likes.
 */
export function Tour({ onClose }: { onClose(): void }) {
  const t = useText();
  const { preferences, choose } = usePreferences();
  const [at, setAt] = useState(0);
  const step = steps[at];
  const isLast = at === steps.length - 1;

  function end() {
    if (!preferences.tourDone) choose({ tourDone: true });
    onClose();
  }
  if (!step) return null;
  const Icon = step.icon;
  return (
    <section
      aria-label={t("tour.title")}
      onKeyDown={(event) => event.key === "Escape" && end()}
      className="shrink-0 animate-rise border-t border-n5 bg-n1 p-4"
    >
      <header className="flex items-start justify-between">
        <span className="flex size-11 items-center justify-center rounded-md bg-accent-tint text-accent-text">
          <Icon size={20} strokeWidth={1.5} aria-hidden />
        </span>
        <IconButton label={t("tour.skip")} icon={X} onClick={end} className="-mt-1.5 -mr-1.5" />
      </header>
      <div aria-live="polite">
        <h3 className="mt-4 text-heading font-semibold">{t(step.title)}</h3>
        <p className="mt-1 min-h-16 text-message text-n11">{t(step.text)}</p>
      </div>
      <footer className="mt-5 flex items-center gap-2">
        <span
          className="flex flex-1 gap-1.5"
          role="img"
          aria-label={t("tour.step", { at: at + 1, count: steps.length })}
        >
          {steps.map(({ title }, index) => (
            <span key={title} className={classes("size-1.5 rounded-full", index === at ? "bg-accent" : "bg-n6")} />
          ))}
        </span>
        <Button tone="primary" onClick={() => (isLast ? end() : setAt(at + 1))}>
          {isLast ? t("tour.done") : t("tour.next")}
        </Button>
      </footer>
    </section>
  );
}

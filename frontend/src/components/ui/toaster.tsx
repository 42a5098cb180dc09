"use client";

import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { notices } from "@/lib/notices/notices";
import type { Notice } from "@/lib/notices/notices";
import { useText } from "@/lib/text/text-context";
import { classes } from "./classes";
import { IconButton } from "./icon-button";

const none: readonly Notice[] = [];

/** Short sentences over the page, read out as they come. */
export function Toaster() {
  const t = useText();
  const list = useSyncExternalStore(notices.subscribe, notices.get, () => none);
  return (
    <div
      role="region"
      aria-label={t("ui.notices")}
      className="pointer-events-none fixed inset-x-0 bottom-32 z-50 flex flex-col items-center gap-2 px-4"
    >
      <div aria-live="polite" className="contents">
        {list.map((notice) => (
          <div
            key={notice.id}
            role={notice.tone === "danger" ? "alert" : "status"}
            className={classes(
              "pointer-events-auto flex max-w-[520px] animate-rise items-center gap-3 rounded-md border bg-n1 py-2 pr-2 pl-4 text-sm shadow-float",
              notice.tone === "danger" ? "border-danger-line text-danger" : "border-n6 text-n12",
            )}
          >
            <span className="min-w-0 flex-1">{notice.sentence}</span>
            {notice.action && (
              <button
                type="button"
                onClick={() => {
                  notice.action?.act();
                  notices.dismiss(notice.id);
                }}
                className="shrink-0 rounded-sm px-2 py-1 font-medium text-accent-text hover:bg-n3"
              >
                {notice.action.label}
              </button>
            )}
            <IconButton label={t("ui.dismiss")} icon={X} onClick={() => notices.dismiss(notice.id)} />
          </div>
        ))}
      </div>
    </div>
  );
}

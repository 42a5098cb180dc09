"use client";

import { Spinner } from "@/components/ui/spinner";
import { useChat } from "@/lib/chat/chat-context";
import type { Room } from "@/lib/chat/state";
import { useText } from "@/lib/text/text-context";

interface PageNoticeProps {
  room: Room;
  onRetry(): void;
}

/** Over the list while another page is on its way, or when it did not come. */
export function PageNotice({ room, onRetry }: PageNoticeProps) {
  const t = useText();
  const isOffline = useChat((state) => state.connection === "offline");
  // Offline the banner says it already.
  const error = isOffline ? null : room.error;
  if (!room.isLoaded || (!error && room.loading !== "before")) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 top-3 z-10 flex justify-center">
      <div className="pointer-events-auto flex animate-rise items-center gap-2.5 rounded-full border border-n6 bg-n1 px-3.5 py-1.5 text-frame text-n11 shadow-float">
        {error ? (
          <>
            <span role="alert">{error}</span>
            <button type="button" onClick={onRetry} className="font-medium text-accent-text hover:underline">
              {t("ui.retry")}
            </button>
          </>
        ) : (
          <>
            <Spinner />
            {t("message.loadingOlder")}
          </>
        )}
      </div>
    </div>
  );
}

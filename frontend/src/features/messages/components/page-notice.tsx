import { Spinner } from "@/components/ui/spinner";
import type { Room } from "@/lib/chat/state";

interface PageNoticeProps {
  room: Room;
  onRetry(): void;
}

/** Over the list while another page is on its way, or when it did not come. */
export function PageNotice({ room, onRetry }: PageNoticeProps) {
  if (!room.isLoaded || (!room.error && room.loading !== "before")) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 top-3 z-10 flex justify-center">
      <div className="pointer-events-auto flex animate-rise items-center gap-2.5 rounded-full border border-n6 bg-n1 px-3.5 py-1.5 text-frame text-n11 shadow-float">
        {room.error ? (
          <>
            <span role="alert">{room.error}</span>
            <button type="button" onClick={onRetry} className="font-medium text-accent-text hover:underline">
              Retry
            </button>
          </>
        ) : (
          <>
            <Spinner />
            Loading older messages
          </>
        )}
      </div>
    </div>
  );
}

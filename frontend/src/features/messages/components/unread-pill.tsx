import { ArrowUp } from "lucide-react";
import { useText } from "@/lib/text/text-context";

/** The way up to where reading stopped. */
export function UnreadPill({ onJump }: { onJump(): void }) {
  const t = useText();
  return (
    <div className="pointer-events-none absolute inset-x-0 top-3 z-10 flex justify-center">
      <button
        type="button"
        onClick={onJump}
        className="pointer-events-auto flex h-8 animate-rise items-center gap-2 rounded-full border border-n6 bg-n1 pr-3.5 pl-3 text-frame font-medium text-accent-text shadow-float transition-colors hover:bg-n3"
      >
        <ArrowUp size={16} strokeWidth={1.5} aria-hidden />
        {t("message.jumpToUnread")}
      </button>
    </div>
  );
}

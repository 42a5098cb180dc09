import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { homePath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { AppLink } from "./app-link";

interface ViewFrameProps {
  title: string;
  actions?: ReactNode;
  /** Below the title, above what scrolls. */
  head?: ReactNode;
  children: ReactNode;
}

/** A page of the chat that is no conversation. */
export function ViewFrame({ title, actions, head, children }: ViewFrameProps) {
  const t = useText();
  return (
    <section aria-label={title} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-n5 pr-3 pl-5 narrow:pl-2">
        <AppLink
          href={homePath}
          aria-label={t("ui.back")}
          className="flex size-10 items-center justify-center rounded-sm text-n11 hover:bg-n4 wide:hidden"
        >
          <ArrowLeft size={20} strokeWidth={1.5} aria-hidden className="rtl:-scale-x-100" />
        </AppLink>
        <h1 className="flex-1 truncate text-heading font-semibold tracking-[-0.01em]">{title}</h1>
        {actions}
      </header>
      {head}
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        <div className="mx-auto flex w-full max-w-[760px] flex-1 flex-col gap-2.5 p-5 narrow:p-3">{children}</div>
      </div>
    </section>
  );
}

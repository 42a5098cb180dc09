import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  /** The next step. */
  actions?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="m-auto flex max-w-[420px] animate-rise flex-col items-start px-6 py-10">
      <span className="mb-4 flex size-11 items-center justify-center rounded-md border border-n5 bg-n2 text-n10">
        <Icon size={20} strokeWidth={1.5} aria-hidden />
      </span>
      <h2 className="text-title font-semibold tracking-[-0.01em]">{title}</h2>
      <div className="mt-1.5 text-message text-n10">{children}</div>
      {actions && <div className="mt-5 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

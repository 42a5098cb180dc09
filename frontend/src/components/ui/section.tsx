import { useId } from "react";
import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  description?: string;
  /** Beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** One subject of a settings page. */
export function Section({ title, description, action, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-md border border-n5 bg-n1 p-6 narrow:p-4">
      <div className="mb-5 flex items-start justify-between gap-4 narrow:flex-wrap">
        <div className="min-w-0">
          <h2 id={id} className="text-heading font-semibold tracking-[-0.01em]">
            {title}
          </h2>
          {description && <p className="mt-1 max-w-[60ch] text-sm text-n10">{description}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}

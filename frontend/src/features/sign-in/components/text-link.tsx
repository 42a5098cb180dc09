import type { ReactNode } from "react";

/** A plain link: the sign-in pages are two small documents, not worth a router. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="rounded-sm font-medium text-accent-text underline-offset-3 hover:underline">
      {children}
    </a>
  );
}

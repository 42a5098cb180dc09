import type { ReactNode } from "react";
import { classes } from "./classes";

interface ButtonLinkProps {
  href: string;
  tone?: "primary" | "neutral";
  size?: "md" | "lg";
  className?: string;
  /** The address answers with a file. */
  download?: boolean;
  children: ReactNode;
}

/** A link that wants action as a button does. A plain one: it leads to another document. */
export function ButtonLink({ tone = "primary", size = "md", className, ...rest }: ButtonLinkProps) {
  return <a {...rest} className={classes("button", `button-${tone}`, `button-${size}`, className)} />;
}
